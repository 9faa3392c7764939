import catalogue from '../catalogue/caches.json';
import { PlatformClass, byClass, count, always, oneOf, required, sizeOf } from '../fields';
import { Grant } from '../grants';
import { LIMITS, arn, cacheUserName } from '../naming';
import { id, textRef } from '../refs';
import { Signal } from '../signals';
import { Size } from '../units';
import { DatumFacts, dataKind } from './kind';

const VERSIONS = ['7.2', '8.0'] as const;

const fields = {
  version: oneOf(VERSIONS, {
    doc: 'Version of Valkey, which speaks the protocol of Redis.',
    only: 'up',
    change: 'interrupts',
    filled: always('8.0', 'the newest that Amazon ElastiCache has had in service for a year'),
  }),
  memory: sizeOf({
    doc: 'Space for data; the node that has it beside the quarter that a copy needs is chosen by it.',
    least: '256 MiB',
    most: '300 GiB',
    change: 'interrupts',
    filled: required,
  }),
  availability: oneOf(['single', 'high'], {
    doc: '`high` keeps a replica in another zone that takes over by itself.',
    ranked: true,
    change: 'in place',
    filled: byClass(
      { development: 'single', staging: 'single', production: 'high' },
      'a zone is lost about once a year, and production must not notice',
    ),
  }),
  eviction: oneOf(['noeviction', 'volatile-lru', 'volatile-ttl', 'allkeys-lru', 'allkeys-lfu'], {
    doc: 'What goes when its memory is full.',
    change: 'in place',
    filled: always('volatile-lru', 'only what was given an end may go before it'),
  }),
  backups: count({
    doc: 'Days that its daily copies are kept.',
    least: 1,
    most: 35,
    moreIsSafer: true,
    change: 'in place',
    filled: byClass({ development: 1, staging: 1, production: 7 }, 'damage is often found days after it was done'),
  }),
} as const;

type Facts = DatumFacts<typeof fields>;

const PORT = 6379;
/** A quarter is left to copies and fail-overs, as Amazon ElastiCache advises. */
export const RESERVED_PERCENT = 25;

/** Settings belong to a family of versions: those of this version, and of all that it may have come from. */
export const cacheFamilies = (version: (typeof VERSIONS)[number]): readonly string[] => [
  ...new Set(VERSIONS.slice(0, VERSIONS.indexOf(version) + 1).map(cacheFamily)),
];
export const cacheFamily = (version: (typeof VERSIONS)[number]): string => `valkey${version.split('.')[0]}`;

/** The smallest node that has the memory; burstable ones only where nobody minds. */
export const cacheNodeType = (memory: Size, steady: boolean): string => {
  const fits = catalogue.types.find(
    (type) => (!steady || !type.burstable) && type.memoryMib * (100 - RESERVED_PERCENT) >= memory.mib * 100,
  );
  if (!fits) throw new Error(`no cache node has '${memory.text}'`);
  return fits.type;
};

export const isSteady = (platformClass: PlatformClass): boolean => platformClass !== 'development';

/** As the API counts them: the second is the replica. */
export const cacheNodes = ({ availability }: Pick<Facts['settings'], 'availability'>): number =>
  availability === 'high' ? 2 : 1;

const connect = (cache: Facts, service: string, access: string): readonly Grant[] => {
  const user = cacheUserName(cache.site, service, cache.identity);
  return [
    { grant: 'connection', port: PORT, to: { store: cache.identity, group: cache.ref('security-group-id') } },
    {
      grant: 'membership',
      store: cache.identity,
      user,
      group: cache.physicalName,
      engine: 'valkey',
      access,
      on: [arn(cache.site, 'elasticache', `replicationgroup:${cache.physicalName}`)],
    },
    {
      grant: 'coordinates',
      values: {
        HOST: cache.ref('host'),
        READER: cache.ref('reader-host'),
        PORT: String(PORT),
        USER: user,
        CACHE: cache.physicalName,
      },
    },
  ];
};

const perNode = (cache: Facts, signal: (node: string, cacheClusterId: string) => Signal): readonly Signal[] =>
  Array.from({ length: cacheNodes(cache.settings) }, (_, index) => {
    const node = `00${index + 1}`;
    return signal(node, `${cache.physicalName}-${node}`);
  });

/** An in-memory store: Amazon ElastiCache for Valkey. */
export const redis = dataKind({
  doc: 'An in-memory store that speaks the protocol of Redis: Valkey, managed by Amazon ElastiCache.',
  fields,
  verbs: {
    read: {
      doc: 'Read every key.',
      grants: (cache, { service }) =>
        connect(cache, service, 'on ~* -@all +@read +@connection +@transaction -@dangerous'),
    },
    write: {
      // Channels are no keys: nobody hears what nobody declared.
      doc: 'Read and change every key.',
      grants: (cache, { service }) => connect(cache, service, 'on ~* +@all -@pubsub -@dangerous -@admin'),
    },
  },
  refs: {
    host: textRef('master.standin.0123ab.euw1.cache.amazonaws.com', 'the host name of the writer'),
    'reader-host': textRef('replica.standin.0123ab.euw1.cache.amazonaws.com', 'the host name of the replica'),
    'security-group-id': id('sg', 'what admits connections'),
  },
  physicalName: { limit: LIMITS.cache },
  rules: [],
  signals: (cache) => [
    ...perNode(cache, (node, cacheClusterId) => ({
      id: `memory-${node}`,
      meaning: `${cache.name} has used four fifths of its memory; when it is full, '${cache.settings.eviction}' decides what goes`,
      todo: 'look for keys without an end, then raise memory',
      severity: 'ticket',
      measure: {
        source: 'cloudwatch',
        namespace: 'AWS/ElastiCache',
        metric: 'DatabaseMemoryUsagePercentage',
        statistic: 'Maximum',
        dimensions: { CacheClusterId: cacheClusterId },
      },
      bad: { when: 'above', threshold: 80, forMinutes: 15 },
      silence: 'bad',
    })),
    ...perNode(cache, (node, cacheClusterId) => ({
      id: `processor-${node}`,
      meaning: `the one thread that serves ${cache.name} is busy nine tenths of the time; its callers wait`,
      todo: 'look for slow commands in its slow log, then raise memory to move to a larger node',
      severity: 'page',
      measure: {
        source: 'cloudwatch',
        namespace: 'AWS/ElastiCache',
        metric: 'EngineCPUUtilization',
        statistic: 'Average',
        dimensions: { CacheClusterId: cacheClusterId },
      },
      bad: { when: 'above', threshold: 90, forMinutes: 10 },
      silence: 'bad',
    })),
    ...(cache.settings.availability === 'high' ? [lag(cache)] : []),
  ],
  responsibilities: {
    groundplan: [
      'encryption at rest and on the way, daily copies',
      'users without passwords, by the identity of each service',
    ],
    product: ['an end for every key that may go', 'connecting anew after a fail-over, with a fresh token'],
  },
  stateful: {
    aws_elasticache_replication_group: [
      'replication_group_id',
      'engine',
      'at_rest_encryption_enabled',
      'kms_key_id',
      'subnet_group_name',
      'snapshot_name',
    ],
  },
});

const lag = (cache: Facts): Signal => ({
  id: 'replica-lag',
  meaning: `the replica of ${cache.name} is ten seconds behind: a fail-over now would lose them`,
  todo: 'look for a burst of writes; it catches up by itself once that is over',
  severity: 'ticket',
  measure: {
    source: 'cloudwatch',
    namespace: 'AWS/ElastiCache',
    metric: 'ReplicationLag',
    statistic: 'Maximum',
    dimensions: { CacheClusterId: `${cache.physicalName}-002` },
  },
  bad: { when: 'above', threshold: 10, forMinutes: 5 },
  silence: 'fine',
});
