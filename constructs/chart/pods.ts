import { ImageName, platformImage } from '../../model/images';
import { PlatformFacts } from '../../model/resolved';

/** What values of charts say again and again of their pods. */

/** An image as most charts take it. */
export const image = (platform: PlatformFacts, name: ImageName) => {
  const { repository, tag } = platformImage(platform, name);
  return { repository, tag, pullPolicy: 'IfNotPresent' };
};

/** Charts that put the registry before the repository. */
export const splitImage = (platform: PlatformFacts, name: ImageName) => {
  const { repository, tag } = platformImage(platform, name);
  const slash = repository.indexOf('/');
  return { registry: repository.slice(0, slash), repository: repository.slice(slash + 1), tag };
};

/** Memory is limited to what is asked for; a limit of CPU would throttle while the node idles. */
export const resources = (millicores: number, mib: number, limitMib: number = mib) => ({
  requests: { cpu: `${millicores}m`, memory: `${mib}Mi` },
  limits: { memory: `${limitMib}Mi` },
});

/** The same, where the chart has a limit of CPU of its own: values are laid over it, and only `null` takes it away. */
export const resourcesInstead = (millicores: number, mib: number, limitMib: number = mib) => {
  const { requests, limits } = resources(millicores, mib, limitMib);
  return { requests, limits: { cpu: null, ...limits } };
};

/** Pod Security "restricted", for charts that leave a part of it out. */
export const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const;
export const RESTRICTED_CONTAINER = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Replicas over zones, and over nodes where there are as many. */
export const overZones = (matchLabels: Readonly<Record<string, string>>) =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  }));

/** Kubernetes keeps these two for what a cluster, or a node, is nothing without. */
export const CLUSTER_CRITICAL = 'system-cluster-critical';
export const NODE_CRITICAL = 'system-node-critical';
/** By this a pod tells the collector of its node that it has metrics, and where. */
export const scraped = (port: number) => ({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${port}` });
