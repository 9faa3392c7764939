import type { Client } from 'pg';
import type { Verb } from '../../functions/access/consumer';
import { Store, describeWithStore } from '../support/access';

const SERVICES = { reporter: 'read', 'order-api': 'write', migrations: 'own', 'other-migrations': 'own' } as const;

/** What is tried with each verb, and who may. Each is taken back at once. */
const ATTEMPTS: readonly (readonly [sql: string, may: readonly Verb[]])[] = [
  ['SELECT count(*) FROM %', ['read', 'write', 'own']],
  ['SELECT last_value FROM %_id_seq', ['read', 'write', 'own']],
  [`INSERT INTO % (note) VALUES ('x')`, ['write', 'own']],
  [`UPDATE % SET note = 'y'`, ['write', 'own']],
  ['SELECT * FROM % FOR UPDATE', ['write', 'own']],
  ['DELETE FROM %', ['write', 'own']],
  [`SELECT nextval('%_id_seq')`, ['write', 'own']],
  [`SELECT setval('%_id_seq', 7)`, ['own']],
  ['TRUNCATE %', ['own']],
  ['ALTER TABLE % ADD COLUMN more int', ['own']],
  ['CREATE INDEX ON % (note)', ['own']],
  ['DROP TABLE %', ['own']],
  ['CREATE TABLE another (id int)', ['own']],
  ['CREATE VIEW another AS SELECT 1', ['own']],
  ['CREATE FUNCTION another() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', ['own']],
  ['SET ROLE groundplan__owner', ['own']],
  ['SET ROLE groundplan', []],
  ['SET ROLE rdsadmin', []],
  ['CREATE ROLE friend', []],
  ['CREATE SCHEMA another', []],
  ['CREATE DATABASE another', []],
  ['GRANT groundplan__owner TO reporter_a', []],
  ['ALTER ROLE reporter_a CREATEROLE', []],
  ['SELECT * FROM pg_authid', []],
  ['SELECT pg_read_file(current_setting($$hba_file$$))', []],
];
/** Owners are the owners of what was made as them. A table that the master made stays the master's own. */
const OF_OWNERS_ONLY = /setval|TRUNCATE|ALTER TABLE|CREATE INDEX|DROP TABLE/;

const tried = async (client: Client, sql: string): Promise<boolean> => {
  if (!sql.startsWith('CREATE DATABASE')) await client.query('BEGIN'); // that one takes no transaction
  try {
    await client.query(sql);
    return true;
  } catch (error) {
    // A mistake in the attempt itself would look like a refusal.
    expect(String(error)).toMatch(/permission denied|must be (owner|member|superuser)|must have admin option/);
    return false;
  } finally {
    await client.query('ROLLBACK');
  }
};
const may = async (store: Store, service: string, sql: string): Promise<boolean> => {
  const client = await store.connect(store.login(service));
  try {
    return await tried(client, sql);
  } finally {
    await client.end();
  }
};
/** Those whose rights differ from what a verb promises, on one table. */
const wrongs = async (store: Store, table: string, byMaster: boolean): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [service, verb] of Object.entries(SERVICES)) {
    const client = await store.connect(store.login(service));
    for (const [attempt, verbs] of ATTEMPTS) {
      const sql = attempt.replaceAll('%', table);
      const should = verbs.includes(verb) && !(byMaster && OF_OWNERS_ONLY.test(attempt));
      if ((await tried(client, sql)) !== should) wrong.push(`${service} ${should ? 'may not' : 'may'}: ${sql}`);
    }
    await client.end();
  }
  return wrong;
};
const table = (name: string): string => `CREATE TABLE ${name} (id serial PRIMARY KEY, note text)`;

describeWithStore('rights in the database', (store) => {
  beforeAll(async () => {
    const { server, as, declare, rotate } = store();
    await server.admin('CREATE ROLE stranger LOGIN');
    // Whichever comes first: a table before every service, …
    await as(server.master, table('first'));
    for (const [service, verb] of Object.entries(SERVICES)) {
      declare(service, verb);
      await rotate(service);
      // … between services, by an owner …
      if (service === 'migrations') await as(store().login(service), table('second'));
    }
    // … by its other login, by another owner, and by the master again, after all of them.
    await as(await rotate('migrations'), table('third'));
    await as(store().login('other-migrations'), table('fourth'));
    await as(server.master, table('fifth'));
  });

  it.each([
    ['first', true],
    ['second', false],
    ['third', false],
    ['fourth', false],
    ['fifth', true],
  ])('are those of the verb and no others, on the %s table', async (name, byMaster) =>
    expect(await wrongs(store(), name, byMaster)).toEqual([]),
  );

  it('are the same again after a reconciliation, which finds nothing to do', async () => {
    const { logged, reconcile } = store();
    const before = logged.length;
    await reconcile();
    expect(logged.slice(before).map((line) => JSON.parse(line).did)).toEqual(['reconciled']);
    expect(await wrongs(store(), 'second', false)).toEqual([]);
  });

  it('belong to one owner, whoever ran the migration', async () => {
    const owners = await store().server.admin(
      `SELECT DISTINCT tableowner::text AS owner FROM pg_tables WHERE tablename IN ('second', 'third', 'fourth')`,
      'orders',
    );
    expect(owners).toEqual([{ owner: 'groundplan__owner' }]);
    await store().as(store().login('other-migrations'), 'ALTER TABLE third ADD COLUMN later int');
  });

  it('are not for everybody: nobody else may connect', async () => {
    const everybody = await store().server.admin(
      `SELECT has_database_privilege('stranger', 'orders', 'CONNECT') AS connect, has_schema_privilege('stranger', 'public', 'CREATE') AS "create"`,
      'orders',
    );
    expect(everybody).toEqual([{ connect: false, create: false }]);
    const { login, connect } = store();
    for (const database of ['postgres', 'template1'])
      await expect(connect(login('order-api'), database)).rejects.toThrow(
        `permission denied for database "${database}"`,
      );
  });

  it('reach tables that a login made as itself, from the next reconciliation on', async () => {
    const { as, login, reconcile } = store();
    await as(login('migrations'), 'SET ROLE NONE', table('sixth'));
    expect(await may(store(), 'reporter', 'SELECT * FROM sixth')).toBe(false);
    await reconcile();
    expect(await wrongs(store(), 'sixth', false)).toEqual([]);
  });

  it('leave temporary tables of sessions at work alone', async () => {
    const { connect, login, reconcile } = store();
    const client = await connect(login('order-api'));
    await client.query('CREATE TEMPORARY TABLE scratch (id int)');
    await reconcile();
    await client.query('INSERT INTO scratch VALUES (1)');
    await client.end();
  });
});

describeWithStore('a changed verb', (store) => {
  const SERVICE = 'order-api';
  const change = (verb: Verb): void => store().secrets.tag(store().secretName(SERVICE), { 'groundplan:verb': verb });
  const rights = async (): Promise<readonly boolean[]> => [
    await may(store(), SERVICE, 'SELECT * FROM things'),
    await may(store(), SERVICE, 'DELETE FROM things'),
    await may(store(), SERVICE, 'DROP TABLE things'),
  ];

  beforeAll(async () => {
    const { declare, rotate, as } = store();
    declare('migrations', 'own');
    await as(await rotate('migrations'), table('things'));
    declare(SERVICE, 'read');
    await rotate(SERVICE);
    await rotate(SERVICE); // so that there are two logins to put right
  });

  it.each([
    ['read', 'write', 'reconcile', [true, true, false]],
    ['write', 'own', 'reconcile', [true, true, true]],
    ['own', 'write', 'reconcile', [true, true, false]],
    ['write', 'read', 'reconcile', [true, false, false]],
    ['read', 'own', 'rotate', [true, true, true]],
    ['own', 'read', 'rotate', [true, false, false]],
  ] as const)('from %s to %s holds after %s', async (_from, to, by, expected) => {
    change(to);
    await (by === 'rotate' ? store().rotate(SERVICE) : store().reconcile());
    expect(await rights()).toEqual(expected);
  });

  it('ends the sessions that are the owner still, and hands over what they made', async () => {
    const { connect, login, reconcile, server } = store();
    change('own');
    await reconcile();
    const client = await connect(login(SERVICE));
    await client.query('SET ROLE NONE');
    await client.query(table('left_behind'));
    change('read');
    await reconcile();
    await expect(client.query('SELECT 1')).rejects.toThrow();
    expect(await rights()).toEqual([true, false, false]);
    expect(await may(store(), SERVICE, 'DROP TABLE left_behind')).toBe(false);
    expect(
      await server.admin(`SELECT setconfig FROM pg_db_role_setting WHERE setrole = 'order_api_a'::regrole`),
    ).toEqual([]);
  });

  it('takes away a membership that was given by hand', async () => {
    const { server, reconcile } = store();
    await server.admin(
      'GRANT groundplan__owner TO order_api__rights; GRANT groundplan__writers TO order_api_a, order_api_b',
    );
    if ((await server.admin<{ v: number }>(`SELECT current_setting('server_version_num')::int AS v`))[0]!.v < 160_000) {
      // From 16 on only who gave a membership can take it away, and the superuser is nobody's.
      expect(await rights()).toEqual([true, true, true]);
      await reconcile();
      expect(await rights()).toEqual([true, false, false]);
    }
  });
});
