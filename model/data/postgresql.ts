import { absent, always, byClass, count, flag, oneOf, required, sizeOf, text } from '../fields';
import { LIMITS, accessFunctionArn, accessFunctionName, environmentName, loginSecretName } from '../naming';
import { arnRef, id, textRef } from '../refs';
import { Signal } from '../signals';
import { SQL_WORDS } from '../sql-words';
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

export const PORT = 5432;

const connect = (database: DatumFacts<typeof fields>, service: string) => {
  const secret = loginSecretName(database.site, service, database.identity);
  return [
    { grant: 'connection', port: PORT, to: { store: database.identity, group: database.ref('security-group-id') } },
    {
      grant: 'login',
      store: database.identity,
      secret,
      rotatedBy: accessFunctionArn(database.site, database.identity),
    },
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

const measured = (database: DatumFacts<typeof fields>) =>
  ({
    source: 'cloudwatch',
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: database.physicalName },
  }) as const;

/**
 * How many connections RDS lets a class have, from its memory; nothing for families that are not known here.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
const mostConnections = (instance: string): number | undefined => {
  const [, family = '', size = ''] = instance.split('.');
  const gibOfLarge = GIB_OF_LARGE[family.charAt(0)];
  const larges = { medium: 0.5, large: 1, xlarge: 2 }[size] ?? Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? NaN) * 2;
  if (gibOfLarge === undefined || Number.isNaN(larges)) return undefined;
  return Math.min(5000, Math.floor((gibOfLarge * larges * 2 ** 30) / 9_531_392));
};
const GIB_OF_LARGE: Readonly<Record<string, number>> = { t: 8, c: 4, m: 8, r: 16 };

const connections = (database: DatumFacts<typeof fields>): Signal => {
  const most = mostConnections(database.settings.instance) ?? 0;
  return {
    id: 'connections',
    meaning: `${database.name} has four fifths of the ${most} connections that its class can have; above that it refuses`,
    todo: 'look which service opens them; fewer in each replica is cheaper than a larger instance',
    severity: 'page',
    measure: { ...measured(database), metric: 'DatabaseConnections', statistic: 'Maximum' },
    bad: { when: 'above', threshold: Math.floor(most * 0.8), forMinutes: 5 },
    silence: 'bad',
  };
};

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
    reserved: { words: SQL_WORDS, because: 'is a word of SQL or RDS that no database may have as its name' },
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
      // RDS adds space at a tenth: this is where it has not, or may not any more.
      meaning: `${database.name} has less space left than a twentieth of what it began with, and did not grow; at zero it stops taking writes`,
      todo: 'raise storageLimit, or find what grows',
      severity: 'page',
      measure: { ...measured(database), metric: 'FreeStorageSpace', statistic: 'Minimum' },
      bad: { when: 'below', threshold: database.settings.storage.mib * 1024 * 1024 * 0.05, forMinutes: 15 },
      silence: 'bad',
    },
    ...(mostConnections(database.settings.instance) === undefined ? [] : [connections(database)]),
    {
      id: 'processor',
      meaning: `${database.name} is busy nine tenths of the time; its callers wait`,
      todo: 'look in Performance Insights at what it is busy with; a larger instance is the second answer',
      severity: 'ticket',
      measure: { ...measured(database), metric: 'CPUUtilization', statistic: 'Average' },
      bad: { when: 'above', threshold: 90, forMinutes: 15 },
      silence: 'bad',
    },
    {
      id: 'access-failing',
      meaning: `logins of ${database.name} could not be made, rotated or taken away`,
      todo: 'read `because` in the log of its access function; docs/access.md says what to do by hand',
      severity: 'ticket',
      measure: {
        source: 'cloudwatch',
        namespace: 'AWS/Lambda',
        metric: 'Errors',
        statistic: 'Sum',
        dimensions: { FunctionName: accessFunctionName(database.site, database.identity) },
      },
      // It is called every hour, and failing once is not yet a failure.
      bad: { when: 'above', threshold: 1, forMinutes: 120 },
      silence: 'fine',
    },
    {
      id: 'lag',
      meaning: `a consumer of changes of ${database.name} has been a GiB behind for an hour, and keeps its log from being cleared`,
      todo: 'start the consumer again, or drop its replication slot before the storage is full',
      severity: 'ticket',
      // Nothing is measured while there is no slot.
      measure: { ...measured(database), metric: 'OldestReplicationSlotLag', statistic: 'Maximum' },
      bad: { when: 'above', threshold: 1024 ** 3, forMinutes: 60 },
      silence: 'fine',
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
