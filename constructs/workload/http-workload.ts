import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { DRAIN } from '../../model/drain';
import { Values } from '../../model/fields';
import { ProductSite, namespaceName } from '../../model/naming';
import { ResolvedService } from '../../model/resolved';
import { httpFields } from '../../model/services/http';
import { ServiceFields } from '../../model/services/kind';
import { TargetGroupBinding } from '../door/target-group-binding';
import { ClusterSurroundings } from '../services/builder';
import { labels, selector } from './labels';
import { Replicas } from './replicas';

export interface HttpWorkloadProps extends Pick<ClusterSurroundings, 'environment' | 'mounts' | 'pool'> {
  readonly site: ProductSite;
  /** Where the load balancer hands its requests to, if the service has a public host. */
  readonly door?: { readonly targetGroupArn: string; readonly origin: string };
  /** A service of any kind that answers HTTP. */
  readonly service: Pick<ResolvedService, 'name' | 'tier' | 'image'> & {
    readonly settings: Values<ServiceFields & typeof httpFields>;
  };
}

/** A process that answers HTTP: found by one name, drained before it stops, scaled by its CPU. */
export class HttpWorkload extends Construct {
  constructor(scope: Construct, id: string, { site, service, environment, mounts, pool, door }: HttpWorkloadProps) {
    super(scope, id);
    const { name, tier, settings } = service;
    const { port } = settings;
    const metadata = { name, namespace: namespaceName(site, tier), labels: labels(site, name) };
    const found = new ServiceV1(this, 'service', {
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: selector(name),
        port: [{ name: 'http', port, targetPort: `${port}`, protocol: 'TCP' }],
      },
    });
    const binding =
      door && new TargetGroupBinding(this, 'binding', { site, service: name, tier, port, found, ...door });
    const { deployment } = new Replicas(this, 'Resource', {
      site,
      service,
      environment: { ...environment, KEEP_ALIVE_SECONDS: `${DRAIN.keepAliveSeconds}` },
      mounts,
      pool,
      port,
      graceSeconds: DRAIN.graceSeconds,
      // The pause before SIGTERM: the provider knows no `sleep` of its own for hooks, so the image brings one.
      container: { lifecycle: { preStop: [{ exec: { command: ['sleep', `${DRAIN.pauseSeconds}`] } }] } },
      // Pods made before their binding are ready before they are targets, and a rollout would not wait for them.
      ...(binding && { after: [binding.release] }),
    });
    new HorizontalPodAutoscalerV2(this, 'scaling', {
      metadata,
      spec: {
        minReplicas: settings.replicas.min,
        maxReplicas: settings.replicas.max,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.metadata.name },
        metric: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: TARGET_CPU_PERCENT } },
          },
        ],
        behavior: {
          scaleUp: [
            {
              stabilizationWindowSeconds: 0,
              selectPolicy: 'Max',
              policy: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
            },
          ],
          scaleDown: [
            {
              stabilizationWindowSeconds: 300,
              selectPolicy: 'Max',
              policy: [{ type: 'Percent', value: 25, periodSeconds: 60 }],
            },
          ],
        },
      },
    });
  }
}

const TARGET_CPU_PERCENT = 60;
