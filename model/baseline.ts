/**
 * What the platform opens for everybody, as a table: each row becomes rules of the `member` group, which every node
 * carries. It never allows all to itself, or every tier would be open to every other.
 */
export type BaselineEnd = 'member' | 'control-plane' | 'endpoints' | 's3' | 'world';

export interface BaselineRow {
  readonly id: string;
  readonly from: BaselineEnd;
  readonly to: BaselineEnd;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly why: string;
  /** Rows that only some platforms need. */
  readonly only?: 'with-endpoints' | 'without-endpoints';
}

export const BASELINE: readonly BaselineRow[] = [
  { id: 'dns-udp', from: 'member', to: 'member', protocol: 'udp', port: 53, why: 'names are looked up at the cluster DNS' },
  { id: 'dns-tcp', from: 'member', to: 'member', protocol: 'tcp', port: 53, why: 'answers too long for UDP' },
  { id: 'kubernetes-api', from: 'member', to: 'control-plane', protocol: 'tcp', port: 443, why: 'kubelets and controllers talk to the API' },
  { id: 'kubelet', from: 'control-plane', to: 'member', protocol: 'tcp', port: 10_250, why: 'logs, exec and metrics of kubelets' },
  { id: 'webhooks', from: 'control-plane', to: 'member', protocol: 'tcp', port: 9443, why: 'the API asks admission webhooks of controllers' },
  { id: 'aws-apis', from: 'member', to: 'endpoints', protocol: 'tcp', port: 443, only: 'with-endpoints', why: 'AWS APIs through interface endpoints' },
  { id: 'image-layers', from: 'member', to: 's3', protocol: 'tcp', port: 443, only: 'with-endpoints', why: 'image layers come from S3' },
  { id: 'https-out', from: 'member', to: 'world', protocol: 'tcp', port: 443, only: 'without-endpoints', why: 'AWS APIs through NAT, where there are no endpoints' },
];

export const baselineRows = (endpoints: boolean): readonly BaselineRow[] =>
  BASELINE.filter(({ only }) => only === undefined || (only === 'with-endpoints') === endpoints);
