import { absent, always, byClass, count, flag, oneOf, required, sizeOf, text } from '../fields';
import { LIMITS, environmentName, loginSecretName } from '../naming';
import { arnRef, id, textRef } from '../refs';
import { DatumFacts, dataKind } from './kind';

const fields = {
  version: oneOf(['14', '15', '16', '17'], {
    doc: 'Major version of PostgreSQL.',
    change: 'interrupts',
    filled: always('17', 'the newest major that Amazon RDS has had in service for a year'),
  }),
  storage: sizeOf({
    doc: 'Space at the start; it grows by itself up to `storageLimit`.',
    least: '20 GiB',
    most: '64 TiB',
    change: 'in place',
    filled: required,
  }),
  storageLimit: sizeOf({
    doc: 'Space that it may grow to by itself.',
    least: '22 GiB',
    most: '64 TiB',
    change: 'in place',
    filled: absent('five times `storage`, at most 64 TiB'),
  }),
  availability: oneOf(['single', 'high'], {
    doc: '`high` keeps a standby in another zone that takes over by itself.',
    ranked: true,
    change: 'in place',
    filled: byClass({ development: 'single', staging: 'single', production: 'high' }, 'a zone is lost about once a year, and production must not notice'),
  }),
  instance: text({
    doc: 'The instance class that it runs on.',
    pattern: /^db\.[a-z]+\d+[a-z]*\.(medium|large|\d*xlarge)$/,
    allowed: 'must be an RDS instance class of size medium or larger',
    example: 'db.m7g.large',
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
    { grant: 'coordinates', values: { HOST: database.ref('host'), PORT: String(PORT), NAME: databaseName(database.identity), LOGIN: `/secrets/${database.name}` } },
  ] as const;
};

/** How far it may grow by itself. */
export const storageLimit = ({ storage, storageLimit: declared }: DatumFacts<typeof fields>['settings']): number =>
  declared?.gib ?? Math.min(storage.gib * GROWTH, LARGEST_GIB);

const GROWTH = 5;
const LARGEST_GIB = 65_536;

/** SQL identifiers take no dashes; the database inside is named for ever, like all that holds data. */
export const databaseName = (identity: string): string => environmentName(identity).toLowerCase();

/** A relational store: Amazon RDS for PostgreSQL. */
export const postgresql = dataKind({
  doc: 'A relational database, managed by Amazon RDS.',
  fields,
  verbs: {
    read: { doc: 'Select from every table.', grants: (database, { service }) => connect(database, service) },
    write: { doc: 'Read and change rows.', grants: (database, { service }) => connect(database, service) },
    own: { doc: 'Write, and change the schema: for migrations.', grants: (database, { service }) => connect(database, service) },
  },
  refs: {
    host: textRef('standin.cxyz0123456.eu-west-1.rds.amazonaws.com', 'the host name of the writer'),
    'security-group-id': id('sg', 'what admits connections'),
    'master-secret-arn': arnRef('secretsmanager', 'secret:standin-AbCdEf', 'the managed secret of the master user; for the access function only'),
  },
  physicalName: { limit: LIMITS.database },
  rules: [
    {
      id: 'storage-limit-above-storage',
      needs: ['storage', 'storageLimit'],
      at: 'storageLimit',
      // RDS wants at least ten per cent of room, or refuses to grow at all.
      refuses: ({ storage, storageLimit }) =>
        storageLimit === undefined || storageLimit.mib >= storage.mib * 1.1
          ? undefined
          : { seen: `'${storageLimit.text}'`, allowed: `must exceed storage ('${storage.text}') by a tenth`, change: 'raise storageLimit, or leave it out' },
    },
  ],
  signals: (database) => [
    {
      id: 'storage-left',
      meaning: `${database.name} has less space left than a tenth of what it began with; at zero it stops taking writes`,
      todo: 'raise storageLimit, or find what grows',
      severity: 'page',
      measure: { source: 'cloudwatch', namespace: 'AWS/RDS', metric: 'FreeStorageSpace', statistic: 'Minimum', dimensions: { DBInstanceIdentifier: database.physicalName } },
      bad: { when: 'below', threshold: database.settings.storage.mib * 1024 * 1024 * 0.1, forMinutes: 15 },
      silence: 'bad',
    },
  ],
  responsibilities: {
    groundplan: ['encryption, backups to any moment, daily copies in a vault', 'minor versions inside the maintenance window', 'the master password, which nobody knows and RDS rotates'],
    product: ['the schema and its migrations', 'indexes and slow queries', 'when to move to the next major version'],
  },
  stateful: {
    aws_db_instance: ['engine', 'db_name', 'username', 'storage_encrypted', 'kms_key_id', 'identifier', 'availability_zone', 'snapshot_identifier', 'character_set_name'],
  },
});
