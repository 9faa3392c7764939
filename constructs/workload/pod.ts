import { DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Values } from '../../model/fields';
import { PLATFORM_POOLS, POOL_KEY, ProductSite } from '../../model/naming';
import { ResolvedService } from '../../model/resolved';
import { ServiceFields } from '../../model/services/kind';
import { ClusterSurroundings } from '../services/builder';
import { labels, originAnnotation, selector } from './labels';

export interface PodProps extends Pick<ClusterSurroundings, 'environment' | 'mounts' | 'pool'> {
  readonly site: ProductSite;
  readonly service: Pick<ResolvedService, 'name' | 'tier' | 'image'> & { readonly settings: Values<ServiceFields> };
  readonly account: string;
  readonly graceSeconds: number;
  /** What the kind's own container has besides: ports, probes, a pause before it is stopped. */
  readonly container: Partial<DeploymentV1SpecTemplateSpecContainer>;
}

/** One pod of a service on its tier's nodes, as Pod Security "restricted" admits it. */
export const podTemplate = ({
  site,
  service,
  account,
  environment,
  mounts,
  pool,
  graceSeconds,
  container,
}: PodProps) => ({
  metadata: {
    labels: labels(site, service.name),
    annotations: mounts.length === 0 ? {} : originAnnotation(mounts.map(({ origin }) => origin).join(' ')),
  },
  spec: {
    serviceAccountName: account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: graceSeconds,
    nodeSelector: { [POOL_KEY]: pool },
    // Shared nodes have no taint: nothing keeps other products off them.
    ...(pool !== PLATFORM_POOLS.shared && {
      toleration: [{ key: POOL_KEY, operator: 'Equal', value: pool, effect: 'NoSchedule' }],
    }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: `${USER}`,
      runAsGroup: `${USER}`,
      fsGroup: `${USER}`,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    container: [{ ...containerOf(service, environment, mounts), ...container }],
    volume: [
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      ...mounts.map(({ secretClass }) => ({
        name: secretClass,
        csi: {
          driver: 'secrets-store.csi.k8s.io',
          readOnly: true,
          volumeAttributes: { secretProviderClass: secretClass },
        },
      })),
    ],
  },
});

/** Replicas apart from each other: over zones first, then over nodes. */
export const spread = (service: string) =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: [{ matchLabels: selector(service) }],
  }));

/** In the order of the alphabet, so that who adds one moves no other. */
const environmentOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, value]) => ({ name, value }));

const containerOf = (
  { name, image, settings }: PodProps['service'],
  environment: PodProps['environment'],
  mounts: PodProps['mounts'],
): DeploymentV1SpecTemplateSpecContainer => {
  const memory = `${settings.memory.mib}Mi`;
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    env: environmentOf(environment),
    resources: { requests: { cpu: `${settings.millicores}m`, memory }, limits: { memory } },
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
      ...mounts.map(({ name: store, secretClass }) => ({
        name: secretClass,
        mountPath: `/secrets/${store}`,
        readOnly: true,
      })),
    ],
  };
};

const USER = 10_001;
