import { describeWithStore } from '../support/access';

const DATABASE = `or"ders'; DROP ROLE groundplan; --`;

describeWithStore(
  'names that look like SQL',
  (store) => {
    it('are names: of the database, and of tables in it', async () => {
      const { server, as, declare, rotate, reconcile, secrets, secretName, rolesOf } = store();
      await as(server.master, 'CREATE TABLE kept (id int)', `CREATE TABLE "x""; DROP TABLE kept; --" (id serial)`);
      declare('order-api', 'read');
      const login = await rotate('order-api');
      expect(login.database).toBe(DATABASE);
      expect(await as(login, `SELECT count(*)::int AS n FROM "x""; DROP TABLE kept; --", kept`)).toEqual([{ n: 0 }]);
      await reconcile();
      secrets.planDeletion(secretName('order-api'));
      await reconcile();
      expect(await rolesOf('order-api')).toEqual([]);
      expect(await as(server.master, 'SELECT * FROM kept')).toEqual([]);
    });
  },
  { database: DATABASE },
);
