import { RefTable, RefValues, arnRef, id, ids, textRef } from './refs';

/** What each stack promises to those that come after it. Tables only: who publishes and who reads is `stacks/`. */

export const networkContract = {
  'vpc-id': id('vpc', 'the network of the platform'),
  'private-subnet-ids': ids('subnet', 'where nodes and pods live, one per zone'),
  'public-subnet-ids': ids('subnet', 'where load balancers live, one per zone'),
  'isolated-subnet-ids': ids('subnet', 'where stores live, one per zone; no way out'),
  'endpoint-security-group-id': id('sg', 'the interface endpoints of AWS APIs'),
  's3-prefix-list-id': id('pl', 'the addresses of S3 behind its gateway endpoint'),
  'zone-id': textRef('Z0123456789ABCDEFGHIJ', 'the public DNS zone of the platform'),
} as const satisfies RefTable;

export const clusterContract = {
  'cluster-endpoint': textRef(
    'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
    'where the Kubernetes API answers',
  ),
  'cluster-authority': textRef(
    'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=',
    'the certificate that the Kubernetes API shows, base64',
  ),
  'member-security-group-id': id('sg', 'the baseline that every node carries'),
  'shared-security-group-id': id('sg', 'what nodes of the shared pool carry besides'),
  'volumes-key-arn': arnRef('kms', 'key/01234567-89ab-cdef-0123-456789abcdef', 'the key that encrypts volumes of pods'),
} as const satisfies RefTable;

export type ClusterRefs = RefValues<typeof clusterContract>;

export const observabilityContract = {
  'metrics-workspace-id': textRef(
    'ws-01234567-89ab-cdef-0123-456789abcdef',
    'where metrics are stored and rules are evaluated',
  ),
} as const satisfies RefTable;

/** All that products may know of their platform. */
export const platformContract = { ...networkContract, ...clusterContract, ...observabilityContract } as const;
export type PlatformRefs = RefValues<typeof platformContract>;

/** Authors' keys have single dashes only, so that no two keys and refs can make one name. */
const refName = (key: string, ref: string): string => `${key}--${ref}`;

const GATEWAY = {
  'load-balancer-security-group-id': id('sg', 'what the load balancer sends from'),
  'load-balancer-suffix': textRef('app/standin/0123456789abcdef', 'the load balancer as metrics know it'),
  'load-balancer-dns-name': textRef('standin-1234567890.eu-west-1.elb.amazonaws.com', 'the name that hosts point at'),
  'load-balancer-zone-id': textRef('Z32O12XQLNTSW2', 'the zone of that name'),
  'listener-arn': arnRef(
    'elasticloadbalancing',
    'listener/app/standin/0123456789abcdef/0123456789abcdef',
    'the HTTPS listener that rules are hung on',
  ),
} as const satisfies RefTable;

export const tierGroupRef = (tier: string): string => refName(tier, 'security-group-id');
export const gatewayContract = (tiers: readonly string[]) => ({
  ...GATEWAY,
  ...Object.fromEntries(tiers.map((tier) => [tierGroupRef(tier), id('sg', `the edges of tier ${tier}`)])),
});
export type GatewayRefs = RefValues<typeof GATEWAY> & Readonly<Record<string, string>>;

export const DATA_KEY_REF = 'encryption-key-arn';
export const datumRef = (identity: string, ref: string): string => refName(identity, ref);
/** The data stack's contract: its key, and of each datum what its kind promises. */
export const dataContract = (data: readonly { readonly identity: string; readonly refs: RefTable }[]): RefTable => ({
  [DATA_KEY_REF]: arnRef(
    'kms',
    'key/01234567-89ab-cdef-0123-456789abcdef',
    'the key that encrypts everything the product stores',
  ),
  ...Object.fromEntries(
    data.flatMap(({ identity, refs }) => Object.entries(refs).map(([name, ref]) => [datumRef(identity, name), ref])),
  ),
});

export const serviceRef = (service: string, ref: string): string => refName(service, ref);
/** A tier stack's contract: of each service what its kind promises. */
export const tierContract = (services: readonly { readonly name: string; readonly refs: RefTable }[]): RefTable =>
  Object.fromEntries(
    services.flatMap(({ name, refs }) => Object.entries(refs).map(([ref, row]) => [serviceRef(name, ref), row])),
  );
