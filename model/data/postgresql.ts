import { absent, always, byClass, count, flag, oneOf, required, sizeOf, text } from '../fields';
import { LIMITS, environmentName, loginSecretName } from '../naming';
import { arnRef, id, textRef } from '../refs';
import { DatumFacts, dataKind } from './kind';

const fields = {
  version: oneOf(['14', '15', '16', '17'], {
    doc: 'Major version of PostgreSQL.',
    only: 'up',
    change: 'interrupts',
    filled: always('17', 'the newest major that Amazon RDS has had in service for a year'),
  }),
  storage: sizeOf({
    doc: 'Space at the start; it grows by itself up to `storageLimit`.',
    least: '20 GiB',
    most: '64 TiB',
    whole: 'GiB',
    only: 'up',
    change: 'in place',
    filled: required,
  }),
  storageLimit: sizeOf({
    doc: 'Space that it may grow to by itself.',
    least: '22 GiB',
    most: '64 TiB',
    whole: 'GiB',
    change: 'in place',
    filled: absent('five times `storage`, at most 64 TiB; above 58 TiB there is too little left to grow into'),
  }),
  availability: oneOf(['single', 'high'], {
    doc: '`high` keeps a standby in another zone that takes over by itself.',
    ranked: true,
    change: 'in place',
    filled: byClass(
      { development: 'single', staging: 'single', production: 'high' },
      'a zone is lost about once a year, and production must not notice',
    ),
  }),
  instance: text({
    doc: 'The instance class that it runs on.',
    pattern: /^db\.[a-z]+\d+[a-z]*\.(medium|large|\d*xlarge)$/,
    allowed: 'must be an RDS instance class of size medium or larger',
    example: 'db.m7g.large',
    safety: (value) => (value.startsWith('db.t') ? 0 : 1),
    change: 'interrupts',
    filled: byClass(
      { development: 'db.t4g.medium', staging: 'db.m7g.large', production: 'db.m7g.large' },
      'burstable classes run out of credits under load, which is no surprise to have in production',
    ),
  }),
  backups: count({
    doc: 'Days that one can go back to any moment.',
    least: 7,
    most: 35,
    moreIsSafer: true,
    change: 'in place',
    filled: byClass({ development: 7, staging: 7, production: 30 }, 'damage is often found weeks after it was done'),
  }),
  deletionProtection: flag({
    doc: 'AWS refuses to delete it while this is on.',
    safer: true,
    change: 'in place',
    filled: always(true, 'the guard that outlives the configuration'),
  }),
} as const;

const PORT = 5432;

const connect = (database: DatumFacts<typeof fields>, service: string) => {
  const secret = loginSecretName(database.site, service, database.identity);
  return [
    { grant: 'connection', port: PORT, to: { store: database.identity, group: database.ref('security-group-id') } },
    { grant: 'login', secret },
    {
      grant: 'coordinates',
      values: {
        HOST: database.ref('host'),
        PORT: String(PORT),
        NAME: databaseName(database.identity),
        LOGIN: `/secrets/${database.name}`,
      },
    },
  ] as const;
};

/** How far it may grow by itself; 0 where it cannot, which is how RDS is told so. */
export const storageLimit = ({ storage, storageLimit: declared }: DatumFacts<typeof fields>['settings']): number => {
  const limit = declared?.gib ?? Math.min(storage.gib * GROWTH, LARGEST_GIB);
  return leavesRoom(limit, storage.gib) ? limit : 0;
};

// RDS wants at least ten per cent of room, or refuses to grow at all.
const leavesRoom = (limit: number, storage: number): boolean => limit * 10 >= storage * 11;

const GROWTH = 5;
const LARGEST_GIB = 65_536;

/** SQL identifiers take no dashes; the database inside is named for ever, like all that holds data. */
export const databaseName = (identity: string): string => environmentName(identity).toLowerCase();

/**
 * No database can be called so: RDS's own words, and what PostgreSQL reserves, spelled as keys are.
 * https://www.postgresql.org/docs/17/sql-keywords-appendix.html
 */
const RESERVED: readonly string[] = [
  ...['admin', 'database', 'db', 'postgres', 'rdsadmin', 'template0', 'template1'],
  ...[
    'all',
    'analyse',
    'analyze',
    'and',
    'any',
    'array',
    'as',
    'asc',
    'asymmetric',
    'both',
    'case',
    'cast',
    'check',
    'collate',
    'column',
  ],
  ...[
    'constraint',
    'create',
    'current-catalog',
    'current-date',
    'current-role',
    'current-time',
    'current-timestamp',
    'current-user',
    'default',
  ],
  ...[
    'deferrable',
    'desc',
    'distinct',
    'do',
    'else',
    'end',
    'except',
    'false',
    'fetch',
    'for',
    'foreign',
    'from',
    'grant',
    'group',
    'having',
  ],
  ...[
    'in',
    'initially',
    'intersect',
    'into',
    'lateral',
    'leading',
    'limit',
    'localtime',
    'localtimestamp',
    'not',
    'null',
    'offset',
    'on',
  ],
  ...[
    'only',
    'or',
    'order',
    'placing',
    'primary',
    'references',
    'returning',
    'select',
    'session-user',
    'some',
    'symmetric',
    'system-user',
  ],
  ...[
    'table',
    'then',
    'to',
    'trailing',
    'true',
    'union',
    'unique',
    'user',
    'using',
    'variadic',
    'when',
    'where',
    'window',
    'with',
  ],
];

/** A relational store: Amazon RDS for PostgreSQL. */
export const postgresql = dataKind({
  doc: 'A relational database, managed by Amazon RDS.',
  fields,
  verbs: {
    read: { doc: 'Select from every table.', grants: (database, { service }) => connect(database, service) },
    write: { doc: 'Read and change rows.', grants: (database, { service }) => connect(database, service) },
    own: {
      doc: 'Write, and change the schema: for migrations.',
      grants: (database, { service }) => connect(database, service),
    },
  },
  refs: {
    host: textRef('standin.cxyz0123456.eu-west-1.rds.amazonaws.com', 'the host name of the writer'),
    'security-group-id': id('sg', 'what admits connections'),
    'master-secret-arn': arnRef(
      'secretsmanager',
      'secret:standin-AbCdEf',
      'the managed secret of the master user; for the access function only',
    ),
  },
  physicalName: {
    limit: LIMITS.database,
    reserved: { words: RESERVED, because: 'is a word of SQL or RDS that no database may have as its name' },
  },
  rules: [
    {
      id: 'storage-limit-above-storage',
      needs: ['storage', 'storageLimit'],
      at: 'storageLimit',
      refuses: ({ storage, storageLimit }) =>
        storageLimit === undefined || leavesRoom(storageLimit.gib, storage.gib)
          ? undefined
          : {
              seen: `'${storageLimit.text}'`,
              allowed: `must exceed storage ('${storage.text}') by a tenth or more`,
              change: 'raise storageLimit, or leave it out',
            },
    },
  ],
  signals: (database) => [
    {
      id: 'storage-left',
      meaning: `${database.name} has less space left than a tenth of what it began with; at zero it stops taking writes`,
      todo: 'raise storageLimit, or find what grows',
      severity: 'page',
      measure: {
        source: 'cloudwatch',
        namespace: 'AWS/RDS',
        metric: 'FreeStorageSpace',
        statistic: 'Minimum',
        dimensions: { DBInstanceIdentifier: database.physicalName },
      },
      bad: { when: 'below', threshold: database.settings.storage.mib * 1024 * 1024 * 0.1, forMinutes: 15 },
      silence: 'bad',
    },
  ],
  responsibilities: {
    groundplan: [
      'encryption, backups to any moment, daily copies in a vault',
      'minor versions inside the maintenance window',
      'the master password, which nobody knows and RDS rotates',
    ],
    product: ['the schema and its migrations', 'indexes and slow queries', 'when to move to the next major version'],
  },
  stateful: {
    aws_db_instance: [
      'engine',
      'db_name',
      'username',
      'storage_encrypted',
      'kms_key_id',
      'identifier',
      'availability_zone',
      'snapshot_identifier',
      'character_set_name',
    ],
  },
});
