import { roleNames } from '../../functions/access/names';
import { Store, describeWithStore } from '../support/access';

/** Everything that is known of roles, and who may do what with which table: whatever differs was touched. */
const picture = (store: Store, like: string): Promise<readonly unknown[]> =>
  store.server.admin(
    `SELECT r.rolname, a.rolpassword, r.rolcanlogin, shobj_description(r.oid, 'pg_authid') AS comment,
       ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid ORDER BY 1) AS groups,
       ARRAY(SELECT c.relname || ':' || (c.relowner = r.oid) || ':' || has_table_privilege(r.oid, c.oid, 'SELECT')
             FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1) AS tables
     FROM pg_roles r JOIN pg_authid a ON a.oid = r.oid WHERE r.rolname LIKE '${like}' ORDER BY 1`,
    'orders',
  );
const did = (store: Store): readonly string[] => store.logged.map((line) => JSON.parse(line).did);

describeWithStore('reconciliation', (store) => {
  const aService = async (service: string, verb: 'read' | 'write' | 'own' = 'write'): Promise<void> => {
    store().declare(service, verb);
    await store().rotate(service);
    await store().rotate(service);
  };

  beforeAll(async () => {
    await aService('migrations', 'own');
    await store().as(store().login('migrations'), 'CREATE TABLE things (id serial)', 'CREATE TABLE others (id int)');
    for (const service of ['reporter', 'order-api', 'billing']) await aService(service);
    // Others live here too: one by hand, one with a name as ours are, one whose comment is nearly ours.
    await store().server.admin(
      `CREATE ROLE analyst LOGIN PASSWORD NULL; CREATE ROLE visitor__rights; CREATE ROLE visitor_a LOGIN; GRANT visitor__rights TO visitor_a;
       CREATE ROLE copycat; COMMENT ON ROLE copycat IS 'groundplan access: group of copycat';
       CREATE TABLE of_analyst (id int); ALTER TABLE of_analyst OWNER TO analyst; GRANT SELECT ON things TO visitor_a`,
      'orders',
    );
  });

  it.each([
    ['planned for deletion', 'order-api', (name: string) => store().secrets.planDeletion(name)],
    ['gone', 'billing', (name: string) => store().secrets.destroy(name)],
  ])('takes a service away whose secret is %s: sessions, rights, users', async (_how, service, end) => {
    const { connect, login, secretName, reconcile, rolesOf, server, as } = store();
    const before = login(service);
    const client = await connect(before);
    await client.query('CREATE TEMPORARY TABLE scratch (id int)');
    const { group } = roleNames(service);
    await server.admin(`GRANT TRUNCATE ON things TO ${group}, ${before.username}`, 'orders'); // by hand
    expect(await rolesOf(service)).toHaveLength(3);

    end(secretName(service));
    await reconcile();
    expect(await rolesOf(service)).toEqual([]);
    await expect(client.query('SELECT 1')).rejects.toThrow();
    await expect(as(before, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(await as(login('reporter'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps what the service made, for the others', async () => {
    const { secrets, secretName, login, as, reconcile, rolesOf } = store();
    await as(
      login('migrations'),
      'SET ROLE NONE',
      'CREATE TABLE made_by_login (id int)',
      'INSERT INTO made_by_login VALUES (7)',
    );
    secrets.planDeletion(secretName('migrations'));
    await reconcile();
    expect(await rolesOf('migrations')).toEqual([]);
    await reconcile();
    expect(await as(login('reporter'), 'SELECT id FROM made_by_login')).toEqual([{ id: 7 }]);
  });

  it('makes a service anew when its secret comes back', async () => {
    const { secrets, secretName, rotate, as } = store();
    secrets.restore(secretName('migrations'));
    const login = await rotate('migrations');
    await as(login, 'ALTER TABLE made_by_login ADD COLUMN again int');
  });

  it('lets nobody in whose removal stopped half-way, and ends it the next time', async () => {
    const { server, secrets, secretName, reconcile, rolesOf, login, as } = store();
    await aService('half');
    await server.admin('CREATE TABLE elsewhere (id int); GRANT SELECT ON elsewhere TO half_a'); // in another database
    secrets.planDeletion(secretName('half'));
    await expect(reconcile()).rejects.toThrow('not put right: half');
    expect(await rolesOf('half')).toEqual(['half__rights', 'half_a', 'half_b']);
    const rights = await server.admin(
      `SELECT rolcanlogin OR pg_has_role(oid, 'groundplan__readers', 'MEMBER') AS any FROM pg_roles WHERE rolname LIKE 'half%'`,
    );
    expect(rights).toEqual([{ any: false }, { any: false }, { any: false }]);

    secrets.restore(secretName('half'));
    await reconcile(); // it is wanted again: its roles are as they were
    expect(await as(login('half'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await store().rotate('half');
    expect(login('half').username).toMatch(/^half_[ab]$/);

    secrets.planDeletion(secretName('half'));
    await server.admin('DROP TABLE elsewhere');
    await reconcile();
    expect(await rolesOf('half')).toEqual([]);
  });

  it('drops nothing when the list fails', async () => {
    const { secrets, reconcile, rolesOf, secretName } = store();
    await aService('unlucky');
    secrets.planDeletion(secretName('unlucky'));
    secrets.before = (operation) => {
      if (operation === 'listSecrets') throw new Error('AccessDenied');
    };
    await expect(reconcile()).rejects.toThrow('AccessDenied');
    secrets.before = () => undefined;
    expect(await rolesOf('unlucky')).toHaveLength(3);
  });

  it('drops nothing when the secret itself does not answer, and goes on with the others', async () => {
    const { secrets, reconcile, rolesOf, secretName, declare, rotate } = store();
    declare('zebra', 'read'); // after the one that fails, by name
    await rotate('zebra');
    secrets.planDeletion(secretName('zebra'));
    secrets.before = (_operation, id) => {
      if (id === secretName('unlucky')) throw new Error('throttled');
    };
    await expect(reconcile()).rejects.toThrow('not put right: unlucky');
    secrets.before = () => undefined;
    expect(await rolesOf('unlucky')).toHaveLength(3);
    expect(await rolesOf('zebra')).toEqual([]);
    await reconcile();
    expect(await rolesOf('unlucky')).toEqual([]);
  });

  it('leaves a service as it is whose secret says something unknown', async () => {
    const { secrets, reconcile, rolesOf, secretName } = store();
    secrets.tag(secretName('reporter'), { 'groundplan:verb': 'everything' });
    await expect(reconcile()).rejects.toThrow('not put right: reporter');
    expect(await rolesOf('reporter')).toHaveLength(3);
    secrets.tag(secretName('reporter'), { 'groundplan:verb': 'write' });
    await reconcile();
  });

  it("takes the last service away too: the master's own secret was found in the same place", async () => {
    const { secrets, reconcile, rolesOf, secretName } = store();
    for (const service of ['reporter', 'migrations']) secrets.destroy(secretName(service));
    await reconcile();
    expect(await rolesOf('reporter')).toEqual([]);
    expect(await rolesOf('migrations')).toEqual([]);
  });

  it('reads every page, and only this store of this product', async () => {
    const { secrets, declare, reconcile, rolesOf, logged } = store();
    for (const service of ['a', 'b', 'c', 'd', 'e']) declare(service, 'read');
    secrets.make('production/shop/f/orders-archive', { 'groundplan:store': 'orders-archive' });
    secrets.make('production/shop-admin/g/orders', { 'groundplan:store': 'orders' });
    const before = logged.length;
    await reconcile(); // with others there, absence counts again
    const waiting = did(store())
      .slice(before)
      .filter((what) => what.includes('waits'));
    expect(waiting).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map(
        (service) => `nothing yet: production/shop/${service}/orders waits for its first rotation`,
      ),
    );
    expect(await rolesOf('reporter')).toEqual([]);
  });

  it('never touches roles that it did not make, whatever they are called', async () => {
    const before = [
      ...(await picture(store(), 'analyst')),
      ...(await picture(store(), 'visitor%')),
      ...(await picture(store(), 'copycat')),
    ];
    expect(before).toHaveLength(4);
    const { declare, rotate, reconcile, secrets, secretName } = store();
    declare('visitor', 'own');
    await expect(rotate('visitor')).rejects.toThrow('role visitor__rights is there already and was not made for this');
    // Nor one of the two logins, be it the one that this rotation is about or the other.
    const token = Object.values(secrets.stagesOf(secretName('visitor')))[0] ?? '';
    await store().server.admin('ALTER ROLE visitor__rights RENAME TO visitor_group');
    for (const taken of ['visitor_a', 'visitor_b']) {
      await store().server.admin(`ALTER ROLE visitor_a RENAME TO was_a; ALTER ROLE was_a RENAME TO ${taken}`);
      await expect(store().step('visitor', 'setSecret', token)).rejects.toThrow(
        `role ${taken} is there already and was not made for this`,
      );
    }
    await store().server.admin('ALTER ROLE visitor_b RENAME TO visitor_a');
    await store().server.admin('ALTER ROLE visitor_group RENAME TO visitor__rights');
    await reconcile();
    secrets.planDeletion(secretName('visitor'));
    await reconcile();
    expect([
      ...(await picture(store(), 'analyst')),
      ...(await picture(store(), 'visitor%')),
      ...(await picture(store(), 'copycat')),
    ]).toEqual(before);
  });

  it('says what it did, statement by statement, without a password', () => {
    const statements = store().logged.flatMap((line) => JSON.parse(line).statements ?? []);
    expect(statements).toContain('CREATE ROLE "order_api_a" LOGIN');
    expect(statements).toContain('ALTER ROLE "order_api_a" LOGIN PASSWORD (hidden)');
    expect(statements).toContain('DROP ROLE "order_api_a"');
    expect(store().server.log()).toContain(`ALTER ROLE "order_api_a" LOGIN PASSWORD 'SCRAM-SHA-256$4096:`); // all that the server saw
  });
});
