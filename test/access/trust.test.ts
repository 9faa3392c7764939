import { access } from '../../functions/access/access';
import { jsonLog } from '../../functions/access/log';
import { readSettings } from '../../functions/access/settings';
import { PREFIX } from '../support/access';
import { FakeSecretsManager } from '../support/secrets-manager';

/** Nothing listens at this port: whoever gets as far as the database fails with other words than those expected. */
const ENVIRONMENT = {
  ...{ MASTER_SECRET: 'master', HOST: 'localhost', PORT: '1', DATABASE: 'orders', PREFIX, STORE: 'orders' },
};
const TAGS = { 'groundplan:service': 'order-api', 'groundplan:store': 'orders', 'groundplan:verb': 'write' };
const NAME = `${PREFIX}order-api/orders`;
const TOKEN = '6f8d0f5e-0000-4000-8000-000000000000';

const attempt = async (
  event: object | string | undefined,
  arrange: (secrets: FakeSecretsManager) => void = () => undefined,
): Promise<{ readonly said: string; readonly calls: readonly string[]; readonly logged: string }> => {
  const secrets = new FakeSecretsManager();
  secrets.make(NAME, TAGS);
  secrets.begin(NAME, TOKEN);
  arrange(secrets);
  const logged: string[] = [];
  const surroundings = {
    settings: readSettings(ENVIRONMENT, ''),
    api: secrets,
    log: jsonLog((line) => logged.push(line), { store: 'orders' }),
  };
  const said = await access(event, surroundings).then(
    () => 'done',
    (error: Error) => error.message,
  );
  return { said, calls: secrets.calls, logged: logged.join('\n') };
};
const rotation = { Step: 'createSecret', SecretId: NAME, ClientRequestToken: TOKEN };

describe('an event', () => {
  it('is obeyed where all is as it should be', async () => {
    const { said, calls } = await attempt(rotation); // else the refusals below prove nothing
    expect(said).toBe('done');
    expect(calls).toContain('putSecretValue');
  });

  it.each([
    ['no object', undefined, 'Step must be one of createSecret, setSecret, testSecret, finishSecret'],
    [
      'an unknown step',
      { ...rotation, Step: 'dropSecret' },
      'Step must be one of createSecret, setSecret, testSecret, finishSecret',
    ],
    [
      'a word of every object as step',
      { ...rotation, Step: 'constructor' },
      'Step must be one of createSecret, setSecret, testSecret, finishSecret',
    ],
    ['no secret', { ...rotation, SecretId: '' }, 'SecretId must name a secret'],
    ['no token', { ...rotation, ClientRequestToken: 7 }, 'ClientRequestToken must name a version'],
    [
      'something close to a reconciliation',
      { reconcile: 'true' },
      'Step must be one of createSecret, setSecret, testSecret, finishSecret',
    ],
    ['a secret that is not there', { ...rotation, SecretId: `${PREFIX}nobody/orders` }, 'there is no such secret'],
    [
      'a token that no rotation has',
      { ...rotation, ClientRequestToken: 'another' },
      `secret ${NAME}: no rotation with this token was begun`,
    ],
  ])('fails with %s', async (_what, event, message) => {
    const { said, calls } = await attempt(event);
    expect(said).toBe(`Refusal: ${message}`);
    expect(calls.filter((call) => call !== 'describeSecret')).toEqual([]);
  });
});

describe('a secret', () => {
  const named = (name: string, tags: Readonly<Record<string, string>> = TAGS) => ({
    event: { ...rotation, SecretId: name },
    arrange: (secrets: FakeSecretsManager) => {
      secrets.make(name, tags);
      secrets.begin(name, TOKEN);
    },
  });
  const tagged = (tags: Readonly<Record<string, string>>) => ({
    event: rotation,
    arrange: (secrets: FakeSecretsManager) => secrets.tag(NAME, tags),
  });
  it.each([
    [
      'of another product',
      named('production/shop-admin/order-api/orders'),
      'secret production/shop-admin/order-api/orders: lies outside production/shop/',
    ],
    [
      'of another platform',
      named('staging/shop/order-api/orders'),
      'secret staging/shop/order-api/orders: lies outside production/shop/',
    ],
    [
      'of another store',
      tagged({ 'groundplan:store': 'sessions' }),
      `secret ${NAME}: its tag groundplan:store is not orders`,
    ],
    ['of no store', named(`${PREFIX}x/orders`, {}), `secret ${PREFIX}x/orders: its tag groundplan:store is not orders`],
    [
      'of a service with SQL in its name',
      tagged({ 'groundplan:service': 'a"; DROP ROLE groundplan; --' }),
      `secret ${NAME}: its tag groundplan:service is no service's key`,
    ],
    [
      'that names another service',
      tagged({ 'groundplan:service': 'billing' }),
      `secret ${NAME}: is not the login of billing at orders`,
    ],
    [
      'with a verb of another kind',
      tagged({ 'groundplan:verb': 'publish' }),
      `secret ${NAME}: its tag groundplan:verb must be one of read, write, own`,
    ],
    [
      'without a verb',
      named(`${PREFIX}x/orders`, { ...TAGS, 'groundplan:service': 'x', 'groundplan:verb': '' }),
      `secret ${PREFIX}x/orders: its tag groundplan:verb must be one of read, write, own`,
    ],
    [
      'that is planned for deletion',
      { event: rotation, arrange: (secrets: FakeSecretsManager) => secrets.planDeletion(NAME) },
      `secret ${NAME}: is planned for deletion`,
    ],
    [
      'that does not rotate',
      { event: rotation, arrange: (secrets: FakeSecretsManager) => secrets.stopRotating(NAME) },
      `secret ${NAME}: its rotation is not switched on`,
    ],
  ])('fails when it is one %s', async (_what, { event, arrange }, message) => {
    const { said, calls } = await attempt(event, arrange);
    expect(said).toBe(`Refusal: ${message}`);
    expect(calls).toEqual(['describeSecret']);
  });

  it.each([
    ['is no JSON', 'hunter2 is my password', 'the pending version holds no login'],
    [
      'is for another host',
      JSON.stringify({
        username: 'order_api_a',
        password: 'hunter2',
        engine: 'postgres',
        host: 'evil.example',
        port: 1,
        database: 'orders',
      }),
      'the pending version is for another database; abandon this rotation and start another',
    ],
    [
      'is for somebody else',
      JSON.stringify({
        username: 'groundplan',
        password: 'hunter2',
        engine: 'postgres',
        host: 'localhost',
        port: 1,
        database: 'orders',
      }),
      `secret ${NAME}: the pending version is the login of somebody else`,
    ],
    [
      'changes the login in use',
      JSON.stringify({
        username: 'order_api_a',
        password: 'hunter2',
        engine: 'postgres',
        host: 'localhost',
        port: 1,
        database: 'orders',
      }),
      `secret ${NAME}: the pending version changes the login in use; abandon this rotation`,
    ],
  ])('fails when its pending version %s, without a word of it', async (_what, value, message) => {
    const { said, logged } = await attempt({ ...rotation, Step: 'setSecret' }, (secrets) => {
      secrets.set(NAME, JSON.stringify({ username: 'order_api_a', password: 'in use' }));
      void secrets.putSecretValue({
        SecretId: NAME,
        ClientRequestToken: TOKEN,
        SecretString: value,
        VersionStages: ['AWSPENDING'],
      });
    });
    expect(said).toBe(`Refusal: ${message}`);
    expect(logged).not.toContain('hunter2');
  });

  it('whose version is current already is left as it is', async () => {
    const { said, calls } = await attempt({ ...rotation, Step: 'finishSecret' }, (secrets) => {
      void secrets.putSecretValue({ SecretId: NAME, ClientRequestToken: TOKEN, SecretString: '{}' });
    });
    expect(said).toBe('done');
    expect(calls).toEqual(['putSecretValue', 'describeSecret']);
  });

  it('says nothing of its token, even where AWS does', async () => {
    const { said, logged } = await attempt(rotation, (secrets) => {
      secrets.before = (operation) => {
        if (operation === 'putSecretValue') throw new Error(`token ${TOKEN} is in use`);
      };
    });
    expect(said).toBe('Error: token (hidden) is in use');
    expect(logged).not.toContain(TOKEN);
  });
});

describe('the environment', () => {
  it.each([
    [{ ...ENVIRONMENT, HOST: '', STORE: undefined }, 'the environment lacks HOST, STORE'],
    [{ ...ENVIRONMENT, PORT: 'five' }, 'PORT must be a port number'],
    [{ ...ENVIRONMENT, PREFIX: 'production/shop' }, 'PREFIX must end with a slash'],
  ])('fails when it is incomplete', (environment, message) => {
    expect(() => readSettings(environment, '')).toThrow(message);
  });
});
