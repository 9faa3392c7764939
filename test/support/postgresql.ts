import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { scramVerifier } from '../../functions/access/scram';
import { Authority, anAuthority } from './certificates';

const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs: the first on the PATH, else the newest that Debian keeps beside it. */
export const findPostgresql = (): string | undefined =>
  [
    ...(process.env.PATH ?? '').split(delimiter),
    ...(existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(DEBIAN, version, 'bin')),
  ].find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))));

/** A server of its own for a test, as RDS sets one up: its superuser is nobody's, the master may only make roles. */
export interface Server {
  readonly port: number;
  readonly authority: Authority;
  readonly master: { readonly username: string; password: string };
  /** Runs SQL as the superuser, whom RDS gives to nobody. */
  admin<Row>(sql: string, database?: string): Promise<readonly Row[]>;
  /** What the server wrote about itself so far, at the log settings of the stores. */
  log(): string;
  stop(): Promise<void>;
}

export const startPostgresql = async (programs: string, database: string): Promise<Server> => {
  const place = mkdtempSync(join(tmpdir(), 'groundplan-postgresql-'));
  const data = join(place, 'data');
  const user = someoneElse();
  if (user) chownSync(place, user.uid, user.gid);
  const port = await freePort();
  const authority = anAuthority(place);
  for (const [file, text] of [
    ['server.crt', authority.serverCertificate],
    ['server.key', authority.serverKey],
    ['password', ADMIN_PASSWORD],
  ] as const) {
    writeFileSync(join(place, file), text);
    chmodSync(join(place, file), 0o600);
    if (user) chownSync(join(place, file), user.uid, user.gid);
  }
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'rdsadmin',
      '--pwfile',
      join(place, 'password'),
      '--no-sync',
      '--encoding=UTF8',
      '--no-locale',
      '--auth=scram-sha-256',
    ],
    { cwd: place, encoding: 'utf8', ...user },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  const log = join(place, 'log');
  const output = openSync(log, 'a');
  const server = spawn(
    join(programs, 'postgres'),
    [
      ...['-D', data, '-p', String(port)],
      ...Object.entries({
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        ssl: 'on',
        ssl_cert_file: join(place, 'server.crt'),
        ssl_key_file: join(place, 'server.key'),
        fsync: 'off',
        log_statement: 'ddl',
        log_connections: 'on',
        log_disconnections: 'on',
        log_min_error_statement: 'error',
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { cwd: place, stdio: ['ignore', output, output], ...user },
  );
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const admin = async <Row>(sql: string, where = 'postgres'): Promise<readonly Row[]> => {
    const client = new Client({
      ...{ host: 'localhost', port, user: 'rdsadmin', password: ADMIN_PASSWORD, database: where },
      ssl: { ca: authority.certificate },
    });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await answering(
    () => admin('SELECT 1'),
    () => `${server.exitCode}: ${readFileSync(log, 'utf8')}`,
  );
  const master = { username: 'groundplan', password: 'the first password of the master' };
  await admin(`CREATE ROLE groundplan LOGIN CREATEROLE CREATEDB PASSWORD '${await scramVerifier(master.password)}'`);
  const quoted = `"${database.replaceAll('"', '""')}"`;
  await admin(`CREATE DATABASE ${quoted} OWNER groundplan`);
  for (const other of ['postgres', 'template1']) await admin(`ALTER DATABASE ${other} OWNER TO groundplan`);
  // Before 15 the schema belongs to who made the template, from 15 on to the owner of the database.
  await admin(
    `DO $$ BEGIN IF current_setting('server_version_num')::int < 150000 THEN ALTER SCHEMA public OWNER TO groundplan; END IF; END $$`,
    database,
  );
  return {
    port,
    authority,
    master,
    admin,
    log: () => readFileSync(log, 'utf8'),
    stop: async () => {
      server.kill('SIGQUIT'); // nothing of it is wanted any more
      await ended;
      rmSync(place, { recursive: true, force: true });
    },
  };
};

const ADMIN_PASSWORD = 'known to nobody at RDS';

/** PostgreSQL refuses to run as root: then somebody harmless has to. */
const someoneElse = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('no user but root is there to run PostgreSQL');
};

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))));
    });
  });

const answering = async (ask: () => Promise<unknown>, why: () => string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1)
    try {
      await ask();
      return;
    } catch {
      await sleep(50);
    }
  throw new Error(`PostgreSQL does not answer: ${why()}`);
};
