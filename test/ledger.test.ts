import { Ledger, PlatformDeclaration, resolvePlatform } from '../model';
import { dataKinds } from '../model/kinds';
import { shop } from '../products/shop';
import { aPlatform, changed } from './support/declarations';
import { resourcesOf, synth } from './support/harness';

/**
 * One release after another: each is resolved with the ledger that the one before it left. What is refused, and in which
 * words, is in the corpus; here is what the ledger must still know many releases later.
 */
const release = (changes: Readonly<Record<string, unknown>>, ledger: Ledger | undefined): Ledger =>
  resolvePlatform(platform(changes, ledger)).ledger;
const platform = (changes: Readonly<Record<string, unknown>>, ledger: Ledger | undefined): PlatformDeclaration =>
  aPlatform([{ product: changed(shop, changes) }], ledger && { ledger: asFile(ledger) });
/** As it is read again from its file. */
const asFile = (ledger: Ledger): Ledger => JSON.parse(JSON.stringify(ledger)) as Ledger;

const withoutOrders = {
  'services.order-api.uses.orders': undefined,
  'services.daily-report': undefined,
};
const first = release({}, undefined);

describe('names are given once', () => {
  const released = release({ ...withoutOrders, 'data.orders.released': 'moved to the warehouse' }, first);
  const gone = release({ ...withoutOrders, 'data.orders': undefined }, released);
  const longGone = release({ ...withoutOrders, 'data.orders': undefined }, gone);

  it('a datum that was released stays in the ledger when it has left the declaration', () => {
    expect(longGone.products.shop?.data.orders).toEqual({ kind: 'postgresql', state: 'released' });
  });

  it('fails to take its name again, however many releases later', () => {
    expect(() => release({}, longGone)).toThrow(
      "data.orders: 'orders', was released from this platform, and what was let go still has this name; keep released, or choose a name that nothing had before",
    );
    expect(() => release({}, { ...longGone, products: {} })).not.toThrow(); // else the line above proves nothing
  });

  it('a product that was retired stays in the ledger with all that it let go', () => {
    const letGo = changed(shop, {
      ...withoutOrders,
      'services.order-api': { kind: 'api' },
      'services.email-worker': undefined,
      'data.orders.released': 'archived',
      'data.sessions.released': 'ended',
      'data.order-events.released': 'drained',
    });
    const retired = resolvePlatform(aPlatform([{ product: letGo, retired: true }], { ledger: asFile(first) })).ledger;
    const empty = resolvePlatform(aPlatform([], { ledger: asFile(retired) })).ledger;
    const longAfter = resolvePlatform(aPlatform([], { ledger: asFile(empty) })).ledger;
    expect(longAfter.products.shop).toEqual({
      retired: true,
      tiers: {},
      services: {},
      data: {
        'order-events': { kind: 'sqs', state: 'released' },
        orders: { kind: 'postgresql', state: 'released' },
        sessions: { kind: 'redis', state: 'released' },
      },
    });
    expect(() => release({}, longAfter)).toThrow("name: 'shop', was retired from this platform");
  });
});

describe('what is left out stays what it became', () => {
  const held = (version: string): Ledger =>
    changed(first, { 'products.shop.data.sessions.fields.version': version, 'platform.cidr': '10.99.0.0/16' });

  it('when a default of the framework moves on', () => {
    const newest = dataKinds.redis.fields.version.filled.values.production;
    const resolved = resolvePlatform(platform({}, held('7.2')));
    const sessions = resolved.products[0]?.data.find(({ name }) => name === 'sessions');
    expect(newest).not.toBe('7.2');
    expect(sessions).toMatchObject({ settings: { version: '7.2' }, origins: { version: { from: 'held' } } });
    expect(resolved.facts).toMatchObject({ cidr: '10.99.0.0/16', origins: { cidr: { from: 'held' } } });
    expect(resolved.ledger).toEqual(held('7.2'));
  });

  it('until its author writes another', () => {
    const moved = release({ 'data.sessions.version': '8.0' }, held('7.2'));
    expect(moved.products.shop?.data.sessions?.fields).toEqual({ version: '8.0' });
  });

  it('and what is new begins with the default', () => {
    expect(first.products.shop?.data.sessions?.fields).toEqual({ version: '8.0' });
  });
});

it('a ledger that changes nothing is left to the letter', () => {
  expect(JSON.stringify(release({}, first))).toBe(JSON.stringify(first));
});

describe('a host moves inside its tier in place', () => {
  const addresses = (changes: Readonly<Record<string, unknown>>): readonly string[] =>
    resourcesOf(synth(platform(changes, first))['production-shop-web-tier']).map(({ type, name }) => `${type}.${name}`);
  const doors = (all: readonly string[]): readonly string[] => all.filter((address) => address.includes('.doors_'));
  const { storefront } = shop.services;
  const before = addresses({});

  it.each([
    ['its service is renamed', { 'services.storefront': undefined, 'services.shopfront': storefront }, []],
    [
      'another service takes it over',
      { 'services.storefront.host': 'www', 'services.admin': { kind: 'web', host: 'shop' } },
      ['www'],
    ],
  ])('when %s, nothing that its name can be had by once is made anew', (_what, changes, added) => {
    const after = addresses(changes);
    expect(doors(before).map((address) => address.split('.')[0])).toEqual([
      'aws_acm_certificate',
      'aws_acm_certificate_validation',
      'aws_lb_listener_certificate',
      'aws_lb_listener_rule',
      'aws_route53_record',
      'aws_route53_record',
    ]);
    expect(doors(after)).toEqual(expect.arrayContaining([...doors(before)]));
    expect(doors(after).length).toBe(doors(before).length * (1 + added.length));
    expect(after).not.toEqual(before);
  });

  it('and its rule leads to the new group from then on', () => {
    const rule = (changes: Readonly<Record<string, unknown>>): unknown =>
      synth(platform(changes, first))['production-shop-web-tier']?.resource?.aws_lb_listener_rule?.[
        'doors_shop-example-com_rule'
      ];
    expect(rule({})).toMatchObject({
      action: [{ target_group_arn: '${aws_lb_target_group.services_storefront_door.arn}' }],
    });
    const { tags: _before, action: _from, ...same } = rule({}) as Record<string, unknown>;
    const renamed = rule({ 'services.storefront': undefined, 'services.shopfront': storefront });
    expect(renamed).toMatchObject({
      ...same,
      action: [{ target_group_arn: '${aws_lb_target_group.services_shopfront_door.arn}' }],
    });
  });
});

describe('another major version', () => {
  const data = (changes: Readonly<Record<string, unknown>>) =>
    resourcesOf(synth(platform(changes, undefined))['production-shop-data']);

  it('of a database is let through, and leaves the settings that it wears until its window', () => {
    const [older, newer] = [data({}), data({ 'data.orders.version': '17' })];
    const group = (all: typeof older) => all.find(({ type }) => type === 'aws_db_parameter_group')?.values;
    expect([group(older).family, group(newer).family]).toEqual(['postgres15', 'postgres17']);
    expect(group(older)).toMatchObject({ skip_destroy: true, lifecycle: { create_before_destroy: true } });
    expect(newer.find(({ type }) => type === 'aws_db_instance')?.values).toMatchObject({
      engine_version: '17',
      allow_major_version_upgrade: true,
      apply_immediately: false,
    });
  });

  it('of a cache adds its settings, and takes none away', () => {
    const groups = (version: string): readonly string[] =>
      data({ 'data.sessions.version': version }).flatMap(({ type, name }) =>
        type === 'aws_elasticache_parameter_group' ? [name] : [],
      );
    expect(groups('7.2')).toEqual(['stores_sessions_parameters-valkey7']);
    expect(groups('8.0')).toEqual(['stores_sessions_parameters-valkey7', 'stores_sessions_parameters-valkey8']);
  });
});
