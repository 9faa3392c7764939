/**
 * Namespaces of the platform's own pods. Their names begin with a word that no product may have. Each is as strict as
 * its pods can be, and takes packets only as its rows say: from the API, which has its ends in the private subnets, or
 * from pods of a namespace.
 */
export interface NamespaceRow {
  readonly podSecurity: 'restricted' | 'privileged';
  readonly why: string;
  readonly takes: readonly WayIn[];
}

export interface WayIn {
  readonly id: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** `control-plane`: the control plane's ends in the private subnets. `own`: pods of the same namespace. `products`: any pod. */
  readonly from: 'control-plane' | 'own' | 'collector' | 'dns' | 'registry' | 'products';
  readonly why: string;
}

export const PLATFORM_NAMESPACES = {
  'platform-controllers': {
    podSecurity: 'restricted',
    why: 'what makes the cluster do what objects say',
    takes: [
      { id: 'webhooks', port: 9443, protocol: 'TCP', from: 'control-plane', why: 'the API asks admission webhooks' },
      {
        id: 'resource-metrics',
        port: 10_250,
        protocol: 'TCP',
        from: 'control-plane',
        why: 'autoscalers read CPU and memory',
      },
      { id: 'external-metrics', port: 6443, protocol: 'TCP', from: 'control-plane', why: 'autoscalers read queues' },
      { id: 'keda', port: 9666, protocol: 'TCP', from: 'own', why: 'the metrics server asks the operator' },
      { id: 'own-metrics', port: 8080, protocol: 'TCP', from: 'collector', why: 'controllers are watched too' },
      { id: 'autoscaler-metrics', port: 8085, protocol: 'TCP', from: 'collector', why: 'controllers are watched too' },
    ],
  },
  'platform-nodes': {
    podSecurity: 'privileged',
    why: 'daemons that mount folders of their node: secrets, logs, node metrics',
    takes: [],
  },
  'platform-telemetry': {
    podSecurity: 'restricted',
    why: 'collectors of metrics and traces',
    takes: [
      { id: 'traces-grpc', port: 4317, protocol: 'TCP', from: 'products', why: 'services send traces' },
      { id: 'traces-http', port: 4318, protocol: 'TCP', from: 'products', why: 'services send traces' },
      { id: 'server-metrics', port: 8125, protocol: 'UDP', from: 'registry', why: 'servers send their numbers' },
      { id: 'state-metrics', port: 8080, protocol: 'TCP', from: 'collector', why: 'the state of objects is scraped' },
    ],
  },
  'platform-discovery': {
    podSecurity: 'restricted',
    why: 'the registry of services and its servers',
    takes: [
      { id: 'server-rpc', port: 8300, protocol: 'TCP', from: 'own', why: 'servers replicate' },
      { id: 'gossip-tcp', port: 8301, protocol: 'TCP', from: 'own', why: 'members find each other' },
      { id: 'gossip-udp', port: 8301, protocol: 'UDP', from: 'own', why: 'members find each other' },
      { id: 'wan-gossip-tcp', port: 8302, protocol: 'TCP', from: 'own', why: 'servers keep a pool of their own' },
      { id: 'wan-gossip-udp', port: 8302, protocol: 'UDP', from: 'own', why: 'servers keep a pool of their own' },
      { id: 'registry-https', port: 8501, protocol: 'TCP', from: 'own', why: 'catalog sync writes services' },
      { id: 'registry-grpc', port: 8502, protocol: 'TCP', from: 'own', why: 'catalog sync finds servers' },
      { id: 'registry-dns-tcp', port: 8600, protocol: 'TCP', from: 'dns', why: 'names of the registry' },
      { id: 'registry-dns-udp', port: 8600, protocol: 'UDP', from: 'dns', why: 'names of the registry' },
    ],
  },
} as const satisfies Readonly<Record<string, NamespaceRow>>;

export type PlatformNamespace = keyof typeof PLATFORM_NAMESPACES;
export const platformNamespace = (name: PlatformNamespace): NamespaceRow => PLATFORM_NAMESPACES[name];

/** Whose logs the platform keeps itself: its own namespaces, and that of EKS. */
export const LOGGED_NAMESPACES: readonly string[] = ['kube-system', ...Object.keys(PLATFORM_NAMESPACES)];

/** The collector's pods, by which every namespace lets them scrape, and the name by which services send it traces. */
export const COLLECTOR = {
  namespace: 'platform-telemetry',
  labels: { 'app.kubernetes.io/name': 'collector' },
  grpcPort: 4317,
  httpPort: 4318,
  statsdPort: 8125,
  endpoint: 'http://collector.platform-telemetry.svc.cluster.local:4317',
  serverMetrics: 'collector.platform-telemetry.svc.cluster.local:8125',
} as const;
