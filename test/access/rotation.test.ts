import { describeWithStore } from '../support/access';

describeWithStore('rotation of a login', (store) => {
  it('makes a login at the first one, in the format that applications read', async () => {
    const { declare, rotate, server, as } = store();
    declare('order-api', 'write');
    const login = await rotate('order-api');
    expect(login).toEqual({
      engine: 'postgres',
      host: 'localhost',
      port: server.port,
      database: 'orders',
      username: 'order_api_a',
      password: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    });
    expect(await as(login, 'SELECT session_user::text AS who')).toEqual([{ who: 'order_api_a' }]);
  });

  it('alternates between two logins from then on, and leaves the one before as it was', async () => {
    const { rotate, login, as } = store();
    const first = login('order-api');
    const second = await rotate('order-api');
    expect(second.username).toBe('order_api_b');
    expect(await as(first, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const third = await rotate('order-api');
    expect(third.username).toBe('order_api_a');
    expect(third.password).not.toBe(first.password);
    expect(await as(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(as(first, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('reads the password of the master each time', async () => {
    const { rotate, rotateMaster } = store();
    await rotateMaster('another password of the master');
    expect((await rotate('order-api')).username).toBe('order_api_b');
  });
});
