import { Client } from 'pg';
import { access } from '../../functions/access/access';
import type { Verb } from '../../functions/access/consumer';
import { STEPS, Step } from '../../functions/access/event';
import { jsonLog } from '../../functions/access/log';
import type { LoginSecret } from '../../functions/access/login-secret';
import { roleNames } from '../../functions/access/names';
import { scramVerifier } from '../../functions/access/scram';
import { readSettings } from '../../functions/access/settings';
import { Server, findPostgresql, startPostgresql } from './postgresql';
import { FakeSecretsManager } from './secrets-manager';
import { describeGiven } from './tools';

export const PREFIX = 'production/shop/';
const MASTER_SECRET = 'rds!db-master';

/** A store with its access function: a real database, and Secrets Manager in memory. */
export interface Store {
  readonly server: Server;
  readonly secrets: FakeSecretsManager;
  /** Every line that the function logged. */
  readonly logged: string[];
  /** Makes a service's secret, as its tier's stack would: empty. */
  declare(service: string, verb: Verb): string;
  secretName(service: string): string;
  send(event: unknown): Promise<void>;
  step(service: string, step: Step, token: string): Promise<void>;
  /** A whole rotation, as Secrets Manager runs one. */
  rotate(service: string): Promise<LoginSecret>;
  reconcile(): Promise<void>;
  /** What the service's pods read. */
  login(service: string): LoginSecret;
  /** Runs SQL with a login; each call is a connection of its own. */
  as<Row>(login: Pick<LoginSecret, 'username' | 'password'>, ...sql: readonly string[]): Promise<readonly Row[]>;
  connect(login: Pick<LoginSecret, 'username' | 'password'>, database?: string): Promise<Client>;
  rolesOf(service: string): Promise<readonly string[]>;
  rotateMaster(password: string): Promise<void>;
  stop(): Promise<void>;
}

export const startStore = async (programs: string, { database = 'orders', store = 'orders' } = {}): Promise<Store> => {
  const server = await startPostgresql(programs, database);
  const secrets = new FakeSecretsManager();
  const logged: string[] = [];
  secrets.make(MASTER_SECRET);
  secrets.set(MASTER_SECRET, JSON.stringify(server.master));
  const settings = readSettings(
    { MASTER_SECRET, HOST: 'localhost', PORT: String(server.port), DATABASE: database, PREFIX, STORE: store },
    server.authority.certificate,
  );
  const log = jsonLog((line) => logged.push(line), { store });
  const send = (event: unknown): Promise<void> => access(event, { settings, api: secrets, log });
  const secretName = (service: string): string => `${PREFIX}${service}/${store}`;
  const step = (service: string, name: Step, token: string): Promise<void> =>
    send({ Step: name, SecretId: secretName(service), ClientRequestToken: token });
  const connect: Store['connect'] = async ({ username, password }, where = database) => {
    const client = new Client({
      ...{ host: 'localhost', port: server.port, database: where, user: username, password },
      ssl: { ca: server.authority.certificate },
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const login = (service: string): LoginSecret =>
    JSON.parse(secrets.valueAt(secretName(service), 'AWSCURRENT') ?? 'null');
  return {
    ...{ server, secrets, logged, secretName, send, step, connect, login },
    declare: (service, verb) =>
      secrets.make(secretName(service), {
        'groundplan:service': service,
        'groundplan:store': store,
        'groundplan:verb': verb,
      }),
    rotate: async (service) => {
      const token = secrets.begin(secretName(service));
      for (const name of STEPS) await step(service, name, token);
      return login(service);
    },
    reconcile: () => send({ reconcile: true }),
    as: async (who, ...sql) => {
      const client = await connect(who);
      try {
        let rows: any[] = []; // of whatever shape the last statement selects
        for (const statement of sql) rows = (await client.query(statement)).rows;
        return rows;
      } finally {
        await client.end();
      }
    },
    rolesOf: async (service) => {
      const { group, logins } = roleNames(service);
      const names = [group, ...logins].map((name) => `'${name}'`).join();
      const rows = await server.admin<{ name: string }>(
        `SELECT rolname::text AS name FROM pg_roles WHERE rolname IN (${names}) ORDER BY 1`,
      );
      return rows.map(({ name }) => name);
    },
    rotateMaster: async (password) => {
      await server.admin(`ALTER ROLE groundplan PASSWORD '${await scramVerifier(password)}'`);
      secrets.set(MASTER_SECRET, JSON.stringify({ ...server.master, password }));
    },
    stop: () => server.stop(),
  };
};

/** Tests that need a real PostgreSQL, each group with a server of its own. */
export const describeWithStore = (
  what: string,
  tests: (store: () => Store) => void,
  options: { readonly database?: string } = {},
): void =>
  describeGiven('PostgreSQL (initdb, postgres)', findPostgresql(), what, (programs) => {
    let store: Store;
    beforeAll(async () => {
      store = await startStore(programs, options);
    });
    afterAll(() => store?.stop());
    // Whatever a group of tests did: no password and no token may stand in a log afterwards.
    afterEach(() => expect(leaks(store)).toEqual([]));
    tests(() => store);
  });

/** The passwords and tokens that stand in a log of the function or of the server. */
export const leaks = ({ secrets, logged, server }: Store): readonly string[] => {
  const said = [...logged, server.log()].join('\n');
  return secrets.confidential().filter((text) => said.includes(text));
};
