import { PlatformFacts } from './resolved';

/**
 * What the platform opens for everybody, as a table: each row becomes rules of the `member` group, which every node
 * carries. It never allows all to itself, or every tier would be open to every other.
 */
export type BaselineEnd = 'member' | 'control-plane' | 'endpoints' | 's3' | 'world' | PoolEnd;
/** Pools of the platform have groups of their own besides, for what only their pods do. */
export const POOL_ENDS = ['system', 'shared', 'quorum'] as const;
export type PoolEnd = (typeof POOL_ENDS)[number];

interface BaselineRow {
  readonly id: string;
  readonly from: BaselineEnd;
  readonly to: BaselineEnd;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** The last of several ports; left out, it is one. */
  readonly last?: number;
  readonly why: string;
  /** Rows that only some platforms need. */
  readonly only?: Condition;
}

type BaselinePlatform = Pick<PlatformFacts, 'endpoints' | 'discovery'>;
const CONDITIONS = {
  'with-endpoints': ({ endpoints }) => endpoints,
  'without-endpoints': ({ endpoints }) => !endpoints,
  'with-consul': ({ discovery }) => discovery === 'consul',
} as const satisfies Readonly<Record<string, (platform: BaselinePlatform) => boolean>>;
type Condition = keyof typeof CONDITIONS;

/** A member of the registry's quorum to another, and the pods of the system pool to its servers. */
const AMONG_SERVERS = { from: 'quorum', to: 'quorum', only: 'with-consul' } as const;
const TO_SERVERS = { from: 'system', to: 'quorum', only: 'with-consul' } as const;

export const NODE_BASELINE = [
  {
    id: 'dns-udp',
    from: 'member',
    to: 'member',
    protocol: 'udp',
    port: 53,
    why: 'names are looked up at the cluster DNS',
  },
  { id: 'dns-tcp', from: 'member', to: 'member', protocol: 'tcp', port: 53, why: 'answers too long for UDP' },
  {
    id: 'kubernetes-api',
    from: 'member',
    to: 'control-plane',
    protocol: 'tcp',
    port: 443,
    why: 'kubelets and controllers talk to the API',
  },
  {
    id: 'kubelet',
    from: 'control-plane',
    to: 'member',
    protocol: 'tcp',
    port: 10_250,
    why: 'logs, exec and metrics of kubelets',
  },
  {
    id: 'webhooks',
    from: 'control-plane',
    to: 'member',
    protocol: 'tcp',
    port: 9443,
    why: 'the API asks admission webhooks of controllers',
  },
  {
    id: 'node-metrics',
    from: 'system',
    to: 'member',
    protocol: 'tcp',
    port: 10_250,
    why: 'the metrics server reads CPU and memory of every node',
  },
  {
    id: 'external-metrics',
    from: 'control-plane',
    to: 'system',
    protocol: 'tcp',
    port: 6443,
    why: 'the API asks how long queues are',
  },
  {
    id: 'keda',
    from: 'system',
    to: 'system',
    protocol: 'tcp',
    port: 9666,
    why: 'its metrics server asks its operator',
  },
  {
    id: 'shared-pool',
    from: 'shared',
    to: 'shared',
    protocol: 'tcp',
    port: 1024,
    last: 65_535,
    why: 'services on the shared pool call each other; only network policies close there',
  },
  { id: 'registry-rpc', ...AMONG_SERVERS, protocol: 'tcp', port: 8300, why: 'servers replicate' },
  { id: 'registry-gossip-tcp', ...AMONG_SERVERS, protocol: 'tcp', port: 8301, why: 'servers find each other' },
  { id: 'registry-gossip-udp', ...AMONG_SERVERS, protocol: 'udp', port: 8301, why: 'servers find each other' },
  { id: 'registry-wan-tcp', ...AMONG_SERVERS, protocol: 'tcp', port: 8302, why: 'servers keep a pool of their own' },
  { id: 'registry-wan-udp', ...AMONG_SERVERS, protocol: 'udp', port: 8302, why: 'servers keep a pool of their own' },
  { id: 'registry-https', ...TO_SERVERS, protocol: 'tcp', port: 8501, why: 'catalog sync writes services' },
  { id: 'registry-grpc', ...TO_SERVERS, protocol: 'tcp', port: 8502, why: 'catalog sync finds servers' },
  { id: 'registry-dns-tcp', ...TO_SERVERS, protocol: 'tcp', port: 8600, why: 'the cluster DNS asks for its names' },
  { id: 'registry-dns-udp', ...TO_SERVERS, protocol: 'udp', port: 8600, why: 'the cluster DNS asks for its names' },
  {
    id: 'aws-apis',
    from: 'member',
    to: 'endpoints',
    protocol: 'tcp',
    port: 443,
    only: 'with-endpoints',
    why: 'AWS APIs through interface endpoints',
  },
  {
    id: 'image-layers',
    from: 'member',
    to: 's3',
    protocol: 'tcp',
    port: 443,
    only: 'with-endpoints',
    why: 'image layers come from S3',
  },
  {
    id: 'https-out',
    from: 'member',
    to: 'world',
    protocol: 'tcp',
    port: 443,
    only: 'without-endpoints',
    why: 'AWS APIs through NAT, where there are no endpoints',
  },
] as const satisfies readonly BaselineRow[];

export const nodeBaseline = (platform: BaselinePlatform): readonly (BaselineRow & { readonly id: BaselineId })[] =>
  NODE_BASELINE.filter((row) => !('only' in row) || CONDITIONS[row.only](platform));

/** Who reaches the Kubernetes API besides nodes: whoever deploys from the ranges that the platform declares. */
export const RUNNER_BASELINE = [{ id: 'runners', port: 443, why: 'deployments talk to the API' }] as const;

/** What the function needs that keeps the logins of one database. */
export const ACCESS_BASELINE = [
  { id: 'access-database', why: 'it makes and rotates the users of its own database' },
  { id: 'access-secrets', why: 'it writes their passwords to Secrets Manager' },
] as const;

/** What every product's load balancer answers. */
export const GATEWAY_BASELINE = [
  { id: 'gateway-http', port: 80, why: 'visitors who type no scheme are sent on to HTTPS' },
  { id: 'gateway-https', port: 443, why: 'what browsers and phones reach' },
] as const;

/** What every namespace of a product begins with: network policies, which bind pods and not nodes. */
export const NAMESPACE_BASELINE = [
  { id: 'closed', why: 'nothing reaches a pod, and no pod reaches anything' },
  { id: 'dns-pods', why: 'names are looked up at the cluster DNS' },
  { id: 'scraped', why: "the collector of a pod's own node reads its /metrics" },
  { id: 'traces', why: "traces go to the collector of a pod's own node" },
] as const;

export type BaselineId = (
  | typeof NODE_BASELINE
  | typeof RUNNER_BASELINE
  | typeof ACCESS_BASELINE
  | typeof GATEWAY_BASELINE
  | typeof NAMESPACE_BASELINE
)[number]['id'];

/** What the platform opens for everybody has an origin too, as an edge has. */
export const baselineOrigin = (id: BaselineId): string => `baseline/${id}`;
