/**
 * What the platform opens for everybody, as a table: each row becomes rules of the `member` group, which every node
 * carries. It never allows all to itself, or every tier would be open to every other.
 */
export type BaselineEnd = 'member' | 'control-plane' | 'endpoints' | 's3' | 'world';

interface BaselineRow {
  readonly id: string;
  readonly from: BaselineEnd;
  readonly to: BaselineEnd;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly why: string;
  /** Rows that only some platforms need. */
  readonly only?: 'with-endpoints' | 'without-endpoints';
}

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

export const nodeBaseline = (endpoints: boolean): readonly (BaselineRow & { readonly id: BaselineId })[] =>
  NODE_BASELINE.filter((row) => !('only' in row) || (row.only === 'with-endpoints') === endpoints);

/** Who reaches the Kubernetes API besides nodes: whoever deploys from the ranges that the platform declares. */
export const RUNNER_BASELINE = [{ id: 'runners', port: 443, why: 'deployments talk to the API' }] as const;

/** What every product's load balancer answers. */
export const GATEWAY_BASELINE = [
  { id: 'gateway-http', port: 80, why: 'visitors who type no scheme are sent on to HTTPS' },
  { id: 'gateway-https', port: 443, why: 'what browsers and phones reach' },
] as const;

/** What every namespace of a product begins with: network policies, which bind pods and not nodes. */
export const NAMESPACE_BASELINE = [
  { id: 'closed', why: 'nothing reaches a pod, and no pod reaches anything' },
  { id: 'dns-pods', why: 'names are looked up at the cluster DNS' },
] as const;

export type BaselineId = (
  typeof NODE_BASELINE | typeof RUNNER_BASELINE | typeof GATEWAY_BASELINE | typeof NAMESPACE_BASELINE
)[number]['id'];

/** What the platform opens for everybody has an origin too, as an edge has. */
export const baselineOrigin = (id: BaselineId): string => `baseline/${id}`;
