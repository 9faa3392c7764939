import { ON_EVERY_NODE, ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { CLUSTER_CRITICAL, NODE_CRITICAL, RESTRICTED_CONTAINER, resources, scraped, splitImage } from '../chart/pods';

/** What a node itself is at: disk, memory, network. */
export const nodeMetrics = (platform: PlatformFacts): ChartRow => ({
  chart: 'prometheus-node-exporter',
  release: 'node-metrics',
  namespace: 'platform-nodes',
  values: {
    fullnameOverride: 'node-metrics',
    image: splitImage(platform, 'node-exporter'),
    // Its own numbers are the node's, so it needs the node's network and processes.
    hostNetwork: true,
    hostPID: true,
    service: { enabled: false },
    rbac: { create: true },
    tolerations: ON_EVERY_NODE,
    priorityClassName: NODE_CRITICAL,
    podAnnotations: { ...scraped(9100), 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' },
    containerSecurityContext: RESTRICTED_CONTAINER,
    resources: resources(5, 24, 64),
  },
});

/** What objects of the cluster are at: replicas wanted and ready, pods that wait, jobs that failed. */
export const stateMetrics = (platform: PlatformFacts): ChartRow => ({
  chart: 'kube-state-metrics',
  release: 'state-metrics',
  namespace: 'platform-telemetry',
  values: {
    fullnameOverride: 'state-metrics',
    image: splitImage(platform, 'kube-state-metrics'),
    // Its pods say themselves that they are scraped; the Service would say it twice.
    prometheusScrape: false,
    podAnnotations: scraped(8080),
    collectors: STATE_OF,
    ...ON_SYSTEM_POOL,
    priorityClassName: CLUSTER_CRITICAL,
    podDisruptionBudget: { maxUnavailable: 1 },
    containerSecurityContext: RESTRICTED_CONTAINER,
    resources: resources(50, 200),
  },
});

/** No secrets, no config maps: it would have to read them. */
const STATE_OF = [
  'cronjobs',
  'daemonsets',
  'deployments',
  'horizontalpodautoscalers',
  'jobs',
  'namespaces',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'poddisruptionbudgets',
  'pods',
  'replicasets',
  'resourcequotas',
  'statefulsets',
] as const;
