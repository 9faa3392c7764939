import { DeploymentV1, DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { DRAIN } from '../../model/drain';
import { Values } from '../../model/fields';
import { ProductSite, namespaceName, poolLabel } from '../../model/naming';
import { ResolvedService } from '../../model/resolved';
import { httpFields } from '../../model/services/http';
import { ServiceFields } from '../../model/services/kind';
import { ClusterSurroundings } from '../services/builder';
import { TargetGroupBinding } from '../door/target-group-binding';
import { labels, originAnnotation, selector } from './labels';

export interface HttpWorkloadProps extends Pick<ClusterSurroundings, 'environment' | 'mounts'> {
  readonly site: ProductSite;
  /** Where the load balancer hands its requests to, if the service has a public host. */
  readonly door?: { readonly targetGroupArn: string; readonly origin: string };
  /** A service of any kind that answers HTTP. */
  readonly service: Pick<ResolvedService, 'name' | 'tier' | 'image'> & {
    readonly settings: Values<ServiceFields & typeof httpFields>;
  };
}

/**
 * A process that answers HTTP: replicas over zones and nodes, found by one name, scaled by their CPU, never all away
 * at once. Pod Security "restricted" admits it.
 */
export class HttpWorkload extends Construct {
  constructor(scope: Construct, id: string, { site, service, environment, mounts, door }: HttpWorkloadProps) {
    super(scope, id);
    const { name, tier, settings } = service;
    const metadata = { name, namespace: namespaceName(site, tier), labels: labels(site, name) };
    const account = new ServiceAccountV1(this, 'account', { metadata, automountServiceAccountToken: false });
    const found = new ServiceV1(this, 'service', {
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: selector(name),
        port: [{ name: 'http', port: settings.port, targetPort: `${settings.port}`, protocol: 'TCP' }],
      },
    });
    const binding =
      door &&
      new TargetGroupBinding(this, 'binding', { site, service: name, tier, port: settings.port, found, ...door });
    const deployment = new DeploymentV1(this, 'Resource', {
      metadata,
      spec: {
        selector: { matchLabels: selector(name) },
        minReadySeconds: DRAIN.healthIntervalSeconds,
        progressDeadlineSeconds: ROLLOUT_SECONDS,
        revisionHistoryLimit: 5,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '0', maxSurge: '25%' } },
        template: {
          metadata: {
            labels: labels(site, name),
            annotations: mounts.length === 0 ? {} : originAnnotation(mounts.map(({ origin }) => origin).join(' ')),
          },
          spec: {
            serviceAccountName: account.metadata.name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: DRAIN.graceSeconds,
            nodeSelector: { 'groundplan.dev/pool': poolLabel(site, tier) },
            toleration: [
              { key: 'groundplan.dev/pool', operator: 'Equal', value: poolLabel(site, tier), effect: 'NoSchedule' },
            ],
            topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: [{ matchLabels: selector(name) }],
            })),
            securityContext: {
              runAsNonRoot: true,
              runAsUser: `${USER}`,
              runAsGroup: `${USER}`,
              fsGroup: `${USER}`,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            container: [container(service, environment, mounts)],
            volume: [
              { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
              ...mounts.map((mount) => ({
                name: mount.secretClass,
                csi: {
                  driver: 'secrets-store.csi.k8s.io',
                  readOnly: true,
                  volumeAttributes: { secretProviderClass: mount.secretClass },
                },
              })),
            ],
          },
        },
      },
      waitForRollout: true,
      timeouts: { create: `${ROLLOUT_SECONDS + 60}s`, update: `${ROLLOUT_SECONDS + 60}s` },
      // Pods that are made before their binding are ready before they are targets, and a rollout would not wait for them.
      ...(binding && { dependsOn: [binding.release] }),
      // The autoscaler owns the number of replicas.
      lifecycle: { ignoreChanges: ['spec[0].replicas'] },
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
    new PodDisruptionBudgetV1(this, 'disruption', {
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: selector(name) } },
    });
  }
}

const container = (
  { name, image, settings }: HttpWorkloadProps['service'],
  environment: HttpWorkloadProps['environment'],
  mounts: HttpWorkloadProps['mounts'],
): DeploymentV1SpecTemplateSpecContainer => {
  const memory = `${settings.memory.mib}Mi`;
  const probe = (path: string) => ({
    httpGet: { path, port: `${settings.port}`, scheme: 'HTTP' },
    periodSeconds: DRAIN.healthIntervalSeconds,
    timeoutSeconds: DRAIN.healthTimeoutSeconds,
  });
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    port: [{ name: 'http', containerPort: settings.port, protocol: 'TCP' }],
    env: Object.entries({ ...environment, PORT: `${settings.port}`, KEEP_ALIVE_SECONDS: `${DRAIN.keepAliveSeconds}` })
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([key, value]) => ({ name: key, value })),
    resources: { requests: { cpu: `${settings.millicores}m`, memory }, limits: { memory } },
    startupProbe: { ...probe('/startupz'), failureThreshold: 30 },
    readinessProbe: { ...probe('/readyz'), failureThreshold: DRAIN.unhealthyThreshold },
    livenessProbe: { ...probe('/healthz'), failureThreshold: 6 },
    // The pause before SIGTERM: the provider knows no `sleep` of its own for hooks, so the image brings one.
    lifecycle: { preStop: [{ exec: { command: ['sleep', `${DRAIN.pauseSeconds}`] } }] },
    securityContext: {
      // On the container too: the provider sends `false` for what is left out, which Pod Security refuses.
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMount: [
      { name: 'tmp', mountPath: '/tmp' },
      ...mounts.map((mount) => ({ name: mount.secretClass, mountPath: `/secrets/${mount.name}`, readOnly: true })),
    ],
  };
};

const USER = 10_001;
const TARGET_CPU_PERCENT = 60;
const ROLLOUT_SECONDS = 600;
