/**
 * Every name that more than one place must agree on: what can be computed is computed here and needs no reference
 * between stacks. Whatever holds data is named by its *identity*, the first key its author gave it, for ever.
 */

/** The account, region and platform that names are made of. */
export interface Site {
  readonly platform: string;
  readonly account: string;
  readonly region: string;
}

/** A product on a platform. */
export interface ProductSite extends Site {
  readonly product: string;
  readonly owner: string;
}

export const PLATFORM_STACKS = [
  'network',
  'cluster',
  'observability',
  'controllers',
  'telemetry',
  'discovery',
  'contract',
] as const;
export const PRODUCT_STACKS = ['space', 'gateway', 'data', 'watch'] as const;
/** `platform` begins the names of the platform's own namespaces. */
export const RESERVED_PRODUCT_NAMES: readonly string[] = [...PLATFORM_STACKS, 'platform'];
export const RESERVED_TIER_NAMES: readonly string[] = PRODUCT_STACKS;
/** Every namespace has a service account of this name already. */
export const RESERVED_SERVICE_NAMES: readonly string[] = ['default'];
/** Names that AWS keeps begin with these words: of load balancers (`internal-`), security groups (`sg-`) and buckets (`sthree-`, `amzn-s3-demo-`). */
export const RESERVED_PLATFORM_WORDS: readonly string[] = ['internal', 'sg', 'sthree', 'amzn'];
/**
 * What others use is named in their environment (`ORDERS_HOST`), and these words begin variables that are there already:
 * the cluster's (`KUBERNETES_SERVICE_HOST`), those by which a pod finds its rights (`AWS_CONTAINER_…`), and those by
 * which it finds the collector of its traces (`OTEL_…`).
 */
export const RESERVED_TARGET_WORDS: readonly string[] = ['aws', 'kubernetes', 'otel'];
/** Namespaces that begin with this word are Kubernetes' own. */
export const RESERVED_PRODUCT_WORDS: readonly string[] = ['kube'];

export const platformStack = (site: Site, layer: (typeof PLATFORM_STACKS)[number]): string =>
  `${site.platform}-${layer}`;
export const productStack = (site: ProductSite, layer: (typeof PRODUCT_STACKS)[number]): string =>
  `${site.platform}-${site.product}-${layer}`;
export const tierStack = (site: ProductSite, tier: string): string => `${site.platform}-${site.product}-${tier}-tier`;
export const servicesStack = (site: ProductSite, tier: string): string =>
  `${site.platform}-${site.product}-${tier}-services`;

/** The state of a stack never moves: its key is the stack's name. */
export const stateKey = (stack: string): string => `${stack}.tfstate`;
export const stateBucket = (site: Site): string => `groundplan-state-${site.account}-${site.region}`;

export const platformName = (site: Site, ...parts: readonly string[]): string => [site.platform, ...parts].join('-');
/** The physical name of something that a product owns. */
export const productName = (site: ProductSite, ...parts: readonly string[]): string =>
  platformName(site, site.product, ...parts);

export const clusterName = (site: Site): string => site.platform;
export const namespaceName = (site: ProductSite, tier: string): string => `${site.product}-${tier}`;
/** The Kubernetes group of a product's team: whoever an access entry puts into it may look at what the product runs. */
export const teamGroup = (site: ProductSite): string => `groundplan:${site.product}`;
export const nodeRoleName = (site: Site): string => platformName(site, 'node');
/** What a thing is stands before its author's key: a tier, a service and a store may share a key, AWS names may not. */
export const tierGroupName = (site: ProductSite, tier: string): string => productName(site, 'tier', tier);
export const storeName = (site: ProductSite, identity: string, ...part: readonly string[]): string =>
  fitted(productName(site, 'store', identity, ...part), LIMITS.role);
/** What the load balancer of a product answers to besides its services' hosts. */
export const gatewayHost = (product: string, domain: string): string => `${product}-gateway.${domain}`;
export const serviceRoleName = (site: ProductSite, service: string): string =>
  fitted(productName(site, 'service', service), LIMITS.role);
export const loginSecretName = (site: ProductSite, service: string, datum: string): string =>
  `${loginPrefix(site)}${service}/${datum}`;
/** Where the logins of a product's services lie. */
export const loginPrefix = (site: ProductSite): string => `${site.platform}/${site.product}/`;
/** What makes and rotates the users of one database. */
export const accessFunctionName = (site: ProductSite, identity: string): string => storeName(site, identity, 'access');
export const accessFunctionArn = (site: ProductSite, identity: string): string =>
  arn(site, 'lambda', `function:${accessFunctionName(site, identity)}`);
/**
 * A service's own user of a store without passwords: what AWS calls it, and what the store calls it. Two dashes in a
 * row are not taken, so that a digest keeps `a` of `b-c` and `a-b` of `c` apart.
 */
export const cacheUserName = (site: ProductSite, service: string, datum: string): string => {
  const mark = hexDigest(`${site.platform}/${site.product}/${service}/${datum}`);
  return `${fitted(productName(site, service), LIMITS.cacheUser - mark.length - 1)}-${mark}`;
};
export const alertTopicName = (site: Site, severity: string): string => platformName(site, severity);
/** Pools of the platform itself; a product's are called by two words, so that they never meet. */
export const PLATFORM_POOLS = { system: 'system', shared: 'shared', quorum: 'quorum' } as const;
export const POOL_KEY = 'groundplan.dev/pool';
/** Where the log collector puts what the pods of a namespace say. */
export const logGroupName = (site: Site, namespace: string): string => `/${site.platform}/${namespace}`;
/** Where the registry of services is saved to. Bucket names are unique over all accounts of the world. */
export const snapshotBucketName = (site: Site): string =>
  fitted(platformName(site, 'discovery-snapshots', site.account), LIMITS.bucket);
/** Where an image of the platform's own lies, once it was copied there. */
export const imageRepositoryName = (site: Site, image: string): string => `${site.platform}/${image}`;
export const imageRepository = (site: Site, image: string): string =>
  `${site.account}.dkr.ecr.${site.region}.amazonaws.com/${imageRepositoryName(site, image)}`;
/** What nodes of a tier are labelled and tainted with. */
export const poolLabel = (
  site: ProductSite,
  { name, pool }: { readonly name: string; readonly pool: unknown },
): string => (pool === PLATFORM_POOLS.shared ? PLATFORM_POOLS.shared : `${site.product}-${name}`);

export const arn = (site: Site, service: string, resource: string): string =>
  `arn:aws:${service}:${site.region}:${site.account}:${resource}`;
export const roleArn = (site: Site, role: string): string => `arn:aws:iam::${site.account}:role/${role}`;
export const queueUrl = (site: Site, queue: string): string =>
  `https://sqs.${site.region}.amazonaws.com/${site.account}/${queue}`;
export const alertTopicArn = (site: Site, severity: string): string => arn(site, 'sns', alertTopicName(site, severity));

/**
 * Longest names that AWS and Kubernetes take, where ours are put together from several parts. A certificate's first name:
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export const LIMITS = {
  loadBalancer: 32,
  targetGroup: 32,
  role: 64,
  cluster: 100,
  nodeGroup: 63,
  kubernetes: 63,
  database: 63,
  queue: 80,
  cache: 40,
  cacheUser: 40,
  bucket: 63,
  certificate: 64,
} as const;

/**
 * A name cut to a limit without two names becoming one: the end is replaced by a digest of the whole. Only for what can
 * be made anew; what holds data is refused instead when its name is too long.
 */
export const fitted = (name: string, limit: number): string =>
  name.length <= limit ? name : `${name.slice(0, limit - 9).replace(/-+$/, '')}-${hexDigest(name)}`;

/** 32-bit FNV-1a: stable over time and machines, and enough for names and slots. */
export const digest = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
};

const hexDigest = (text: string): string => digest(text).toString(16).padStart(8, '0');

/** A slot in `1..slots` that depends on the text alone, so that a neighbour's coming or going never moves it. */
export const stableSlot = (text: string, slots: number): number => (digest(text) % slots) + 1;

/** `order-events` → `ORDER_EVENTS`: a key where no dashes are taken. */
export const environmentName = (key: string): string => key.replaceAll('-', '_').toUpperCase();

/**
 * `order-events`, `URL` → `ORDER_EVENTS_URL`: how an application reads coordinates from its environment. A coordinate is
 * one word, so that the last word is always it: `order` and `EVENTS_URL` would be the same variable.
 */
export const coordinateName = (target: string, coordinate: string): string => {
  if (!/^[A-Z]+$/.test(coordinate)) throw new Error(`a coordinate is one word, unlike '${coordinate}'`);
  return `${environmentName(target)}_${coordinate}`;
};

/**
 * `order-api/write/orders` → `OrderApiWriteOrders1b2c3d4e`: IAM statement ids take letters and digits only. The digest
 * keeps apart what differs in the others: `queue-1` and `queue1`.
 */
export const statementId = (origin: string): string =>
  `${origin
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}${hexDigest(origin)}`;

/**
 * `order-api.example.com` → `order--api-example-com`: a host as part of an address. A dash is written twice and a dot
 * once; the two never stand side by side in a host, so that no two hosts make one address.
 */
export const hostAddress = (host: string): string => host.replaceAll('-', '--').replaceAll('.', '-');

/** Whether the first of a name's words, or all of them, are these. */
export const beginsWith = (name: string, words: string): boolean => name === words || name.startsWith(`${words}-`);
/** How messages speak of what has no name that could be spoken. */
export const UNNAMED = '(unnamed)';

export const KEY_PATTERN = /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/;
export const KEY_ALLOWED = 'must be lower-case letters, digits and single dashes, starting with a letter';
