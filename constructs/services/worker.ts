import { namespaceName } from '../../model/naming';
import { backlogsOf, graceSeconds, messagesPerReplica } from '../../model/services/worker';
import { LocalChart } from '../chart/local-chart';
import { Replicas } from '../workload/replicas';
import { ServiceBuilder } from './builder';

/** A process that works off queues: as many replicas as their backlogs need, down to none where that is allowed. */
export const worker: ServiceBuilder<'worker'> = {
  inAws: () => ({}),
  inCluster: (scope, service, { site, environment, mounts, pool, known }) => {
    const { name, tier, settings, edges } = service;
    const { deployment } = new Replicas(scope, 'workload', {
      site,
      service,
      environment,
      mounts,
      pool,
      port: settings.port,
      graceSeconds: graceSeconds(settings),
      container: {},
    });
    const backlogs = backlogsOf(edges);
    new LocalChart(scope, 'scaling', {
      chart: 'scaled-object',
      release: `${name}-scaling`,
      namespace: namespaceName(site, tier),
      values: {
        name,
        min: settings.replicas.min,
        max: settings.replicas.max,
        origin: backlogs.map(([{ origin }]) => origin).join(' '),
        triggers: backlogs.map(([, { trigger }]) => ({
          type: trigger.type,
          metadata: {
            ...Object.fromEntries(Object.entries(trigger.metadata).map(([key, value]) => [key, known(value)])),
            [trigger.perReplica]: `${messagesPerReplica(settings)}`,
            // The autoscaler asks in its own name: workers are given no right that they do not use.
            identityOwner: 'operator',
          },
        })),
      },
      after: [deployment],
    });
  },
};
