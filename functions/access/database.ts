import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Login, readLogin } from './login-secret';
import { Refusal } from './refusal';
import { SecretsApi, valueOf } from './secrets';
import { Settings } from './settings';

/** A connection, as far as the rest of this function may know of it. */
export interface Session {
  /** Rows in the shape that the statement selects them. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  run(sql: string): Promise<void>;
}

/**
 * Connects, works and disconnects. Only a server that shows a certificate of the given authorities for the host's own
 * name is spoken to; no other authority counts, not even those that Node trusts by itself.
 */
export const withSession = async <T>(
  { host, port, database, authorities }: Settings,
  { username, password }: Login,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const client = new Client({
    host,
    port,
    database,
    user: username,
    password,
    ssl: { ca: authorities, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    application_name: 'groundplan access',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    lock_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // A connection that breaks while idle says so by an event, which would end the process if nobody listened.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work({
      rows: async (sql, values = []) => (await client.query(sql, [...values])).rows,
      run: async (sql) => void (await client.query(sql)),
    });
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * The same as the master user. Its password is read each time; RDS changes password and secret one after the other, so
 * that a refused one is read again a little later.
 */
export const asMaster = async <T>(
  api: SecretsApi,
  settings: Settings,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  for (const wait of [...MASTER_WAITS, undefined]) {
    const value = await valueOf(api, settings.masterSecret, 'AWSCURRENT');
    const login = value === undefined ? undefined : readLogin(value);
    if (!login) throw new Refusal('the master secret holds no login');
    try {
      return await withSession(settings, login, work);
    } catch (error) {
      if (wait === undefined || !CODES_OF_A_WRONG_PASSWORD.includes(codeOf(error))) throw error;
      await sleep(wait);
    }
  }
  throw new Refusal('the master user was refused'); // unreachable: the last round returns or throws
};

/**
 * One piece of work, whole or not at all, and never beside another of this function: PostgreSQL fails where two sessions
 * change one role or one table's rights. Migrations of applications run beside it, so that such failures are tried again.
 */
export const inTransaction = async <T>(session: Session, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.run('BEGIN');
      await session.rows('SELECT pg_advisory_xact_lock($1)', [ONE_AT_A_TIME]);
      const result = await work();
      await session.run('COMMIT');
      return result;
    } catch (error) {
      await session.run('ROLLBACK').catch(() => undefined);
      if (attempt >= ATTEMPTS || !CODES_OF_A_CLASH.includes(codeOf(error))) throw error;
      await sleep(attempt * 200);
    }
  }
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const MASTER_WAITS = [500, 2_000] as const;
const CODES_OF_A_WRONG_PASSWORD: readonly string[] = ['28P01', '28000'];
/** Serialization, deadlock, lock timeout, concurrent update of a catalogue row, a table dropped while it was looked at. */
const CODES_OF_A_CLASH: readonly string[] = ['40001', '40P01', '55P03', 'XX000', '42P01'];
const ATTEMPTS = 4;
const ONE_AT_A_TIME = 7_203_411_958;
