import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { namespaceName } from '../../model/naming';
import { labels } from '../workload/labels';
import { podTemplate } from '../workload/pod';
import { ServiceBuilder } from './builder';

/** A job at set times: never beside itself, tried again, stopped at its limit, cleaned away when it is done. */
export const cron: ServiceBuilder<'cron'> = {
  inAws: () => ({}),
  inCluster: (scope, service, { site, environment, mounts, pool }) => {
    const { name, tier, settings } = service;
    const metadata = { name, namespace: namespaceName(site, tier), labels: labels(site, name) };
    const account = new ServiceAccountV1(scope, 'account', { metadata, automountServiceAccountToken: false });
    const template = podTemplate({
      site,
      service,
      account: account.metadata.name,
      environment,
      mounts,
      pool,
      graceSeconds: GRACE_SECONDS,
      container: {},
    });
    new CronJobV1(scope, 'workload', {
      metadata,
      spec: {
        schedule: settings.schedule,
        timezone: settings.timeZone,
        concurrencyPolicy: 'Forbid',
        // Without it a controller that was away for long would give the job up for ever.
        startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: labels(site, name) },
          spec: {
            activeDeadlineSeconds: settings.timeLimit.seconds,
            backoffLimit: settings.retries,
            ttlSecondsAfterFinished: `${KEPT_SECONDS}`,
            template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
          },
        },
      },
    });
  },
};

/** What every service is given to finish, and some more. */
const GRACE_SECONDS = 40;
const STARTING_DEADLINE_SECONDS = 300;
/** Long enough to read its logs after a weekend. */
const KEPT_SECONDS = 259_200;
