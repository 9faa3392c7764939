import { DeploymentV1, DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DRAIN } from '../../model/drain';
import { namespaceName } from '../../model/naming';
import { labels, selector } from './labels';
import { PodProps, podTemplate, spread } from './pod';

export interface ReplicasProps extends Omit<PodProps, 'account'> {
  /** Where it answers probes and is asked for its metrics. */
  readonly port: number;
  readonly after?: readonly ITerraformDependable[];
}

/** Equal pods of a service that run all the time: over zones and nodes, never all away at once. */
export class Replicas extends Construct {
  readonly deployment: DeploymentV1;

  constructor(scope: Construct, id: string, { port, after = [], ...pod }: ReplicasProps) {
    super(scope, id);
    const { site, service } = pod;
    const metadata = {
      name: service.name,
      namespace: namespaceName(site, service.tier),
      labels: labels(site, service.name),
    };
    const account = new ServiceAccountV1(this, 'account', { metadata, automountServiceAccountToken: false });
    const template = podTemplate({
      ...pod,
      account: account.metadata.name,
      environment: { ...pod.environment, PORT: `${port}` },
      container: { ...probed(port), ...pod.container },
    });
    const config: DeploymentV1Config = {
      metadata,
      spec: {
        selector: { matchLabels: selector(service.name) },
        minReadySeconds: DRAIN.healthIntervalSeconds,
        progressDeadlineSeconds: ROLLOUT_SECONDS,
        revisionHistoryLimit: 5,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '0', maxSurge: '25%' } },
        template: { ...template, spec: { ...template.spec, topologySpreadConstraint: spread(service.name) } },
      },
      waitForRollout: true,
      timeouts: { create: `${ROLLOUT_SECONDS + 60}s`, update: `${ROLLOUT_SECONDS + 60}s` },
      ...(after.length > 0 && { dependsOn: [...after] }),
      // The autoscaler owns the number of replicas.
      lifecycle: { ignoreChanges: ['spec[0].replicas'] },
    };
    this.deployment = new DeploymentV1(this, 'Resource', config);
    new PodDisruptionBudgetV1(this, 'disruption', {
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: selector(service.name) } },
    });
  }
}

const probed = (port: number) => {
  const probe = (path: string) => ({
    httpGet: { path, port: `${port}`, scheme: 'HTTP' },
    periodSeconds: DRAIN.healthIntervalSeconds,
    timeoutSeconds: DRAIN.healthTimeoutSeconds,
  });
  return {
    port: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    startupProbe: { ...probe('/startupz'), failureThreshold: 30 },
    readinessProbe: { ...probe('/readyz'), failureThreshold: DRAIN.unhealthyThreshold },
    livenessProbe: { ...probe('/healthz'), failureThreshold: 6 },
  };
};

const ROLLOUT_SECONDS = 600;
