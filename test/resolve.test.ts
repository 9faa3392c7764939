import { Loose } from './support/declarations';
import { readArguments } from '../cli/arguments';
import { aligned } from '../cli/columns';
import { described } from '../cli/described';
import { describedEdge } from '../cli/described-edge';
import { resolvedText } from '../cli/resolve';
import { PlatformDeclaration, ProductDeclaration, resolvePlatform } from '../model';
import { platforms } from '../platforms';
import { dev } from '../platforms/dev';
import { production } from '../platforms/production';
import { shop } from '../products/shop';
import { aPlatform, changed } from './support/declarations';
import { expectGolden } from './support/golden';
import { resourcesOf, synth } from './support/harness';

/** `npx groundplan resolve`: what was decided for a product, as people read it, and that it is what is deployed. */
const text = (declared: PlatformDeclaration): string => {
  const platform = resolvePlatform(declared);
  return platform.products.map((product) => described(platform, product)).join('\n');
};
const withShop = (changes: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): string =>
  text(aPlatform([{ product: changed(shop, changes), ...more }]));
/** Blanks are for the eye, and lines are broken where they end. */
const words = (said: string): string => said.replace(/\s+/g, ' ');

describe('groundplan resolve', () => {
  it.each(['corner', 'shop'])('shows what %s is on production', (product) => {
    expectGolden(`resolve-${product}.txt`, resolvedText(platforms, product, 'production'));
  });

  it('shows every platform that runs the product, unless one is named', () => {
    const titles = (platform: string | undefined) => resolvedText(platforms, 'shop', platform).match(/^\S+ on \S+$/gm);
    expect(titles(undefined)).toEqual(['shop on dev', 'shop on staging', 'shop on production']);
    expect(titles('staging')).toEqual(['shop on staging']);
  });

  it('fits a terminal, in words without colour', () => {
    const long = resolvedText(platforms, 'shop', undefined)
      .split('\n')
      .filter((line) => line.length > 112);
    // A digest is copied whole.
    expect(long.filter((line) => !/^ {2}image +\S+@sha256:\S+$/.test(line))).toEqual([]);
    expect(resolvedText(platforms, 'shop', undefined)).not.toMatch(/\u001b|\t|undefined|\[object| $/m);
  });

  it('does not depend on the order of writing', () => {
    const reversed = (record: object | undefined) => Object.fromEntries(Object.entries(record ?? {}).reverse());
    const { tiers, services, data } = shop as ProductDeclaration;
    const turned = { tiers: reversed(tiers), services: reversed(services), data: reversed(data) };
    expect(withShop(turned)).toBe(withShop({}));
  });

  it('says whose word each value is', () => {
    const said = words(
      withShop(
        { 'data.orders.backups': 35, 'data.sessions.version': '7.2' },
        { overrides: { data: { orders: { storage: '200 GiB' } } } },
      ),
    );
    expect(said).toContain("storage '200 GiB' declared for this platform");
    expect(said).toContain('backups 35 declared');
    expect(said).toContain("version '7.2' declared");
    expect(said).toContain('deletionProtection true default: the guard that outlives the configuration');
    expect(said).toContain('instance – left out: profile and size choose it');
    expect(words(text(production))).toContain("version '8.0' left out: what it has here already, by the ledger");
  });

  it.each([
    [
      'a pinned machine',
      { 'tiers.app.pool': { instance: 'c8g.2xlarge' } },
      'type c8g.2xlarge pinned by the declaration a node',
    ],
    [
      'a datum with a former name',
      { 'data.letters': { kind: 'sqs', formerly: 'mail' } },
      'physical name production-shop-mail, because it was made as mail',
    ],
    ['a datum that is let go', { 'data.old': { kind: 'sqs', released: 'moved' } }, 'datum old: sqs, released'],
    ['a tier that is let go', { 'tiers.batch': { retired: true } }, 'tier batch: nodes of its own, retired'],
    [
      'an exception, with its end',
      {
        'data.orders.availability': 'single',
        'data.orders.exceptions': { availability: { because: 'can be rebuilt', until: '2027-03-31' } },
      },
      'exceptions data.orders.exceptions.availability until 2027-03-31 can be rebuilt',
    ],
  ])('shows %s', (_what, changes, says) => {
    expect(words(withShop(changes))).toContain(says);
  });

  it.each([
    ['shpo', undefined, "'shpo' is no product of this repository (corner, shop); did you mean 'shop'?"],
    ['till', undefined, "'till' is no product of this repository (corner, shop); name one of these"],
    [
      'shop',
      'stagin',
      "'stagin' is no platform of this repository (dev, production, staging); did you mean 'staging'?",
    ],
  ])('fails for %s on %s', (product, platform, says) => {
    expect(() => resolvedText(platforms, product, platform)).toThrow(says);
  });

  it('fails for a product on a platform that does not run it', () => {
    const alone = changed(production, { products: [production.products[0]], ledger: undefined });
    expect(() => resolvedText([...platforms.slice(0, 2), alone], 'corner', 'production')).toThrow(
      "'corner' does not run on production; it runs on dev, staging",
    );
  });

  it('wants one product', () => {
    const usage = 'resolve PRODUCT [--platform PLATFORM]';
    expect(readArguments('resolve', usage, ['shop', '--platform', 'dev'])).toEqual({
      flags: new Map([['--platform', 'dev']]),
      names: ['shop'],
    });
    expect(() => readArguments('resolve', usage, [])).toThrow(`resolve: PRODUCT is missing; usage: npx groundplan`);
    expect(() => readArguments('resolve', usage, ['shop', 'corner'])).toThrow("'corner' has no meaning here");
  });
});

it('columns stand under each other, and a line is broken between words', () => {
  expect(
    aligned(
      [
        ['a', 'word '.repeat(30).trim()],
        ['longer', 'x'.repeat(200)],
      ],
      2,
    ),
  ).toEqual([
    `  a       ${'word '.repeat(20).trim()}`,
    `          ${'word '.repeat(10).trim()}`,
    `  longer  ${'x'.repeat(200)}`,
  ]);
});

/** Every value of a key, wherever it stands. */
const deep = (value: unknown, key: string): readonly any[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner].flat() : []), ...deep(inner, key)]);
/** Variables that a service has whatever it uses. */
const OF_ITSELF = /^(PORT|KEEP_ALIVE_SECONDS|OTEL_\w+)$/;
const sorted = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();

// One that reaches AWS by endpoints in its network, and one that does not.
describe.each([dev, production].map((platform) => [platform.name, platform] as const))(
  'what is said of %s',
  (name, platform) => {
    const stacks = synth(platform);
    const { facts, products } = resolvePlatform(platform);
    const services = products.flatMap(({ site, tiers }) =>
      tiers.flatMap((tier) =>
        tier.services.map((service) => {
          const [aws, cluster] = (['tier', 'services'] as const).map((end) =>
            resourcesOf(stacks[`${name}-${site.product}-${tier.name}-${end}`]),
          );
          const documents = stacks[`${name}-${site.product}-${tier.name}-tier`]?.data?.aws_iam_policy_document;
          const document = documents?.[`services_${service.name}_identity_rights-document`] as Loose | undefined;
          const rows = service.edges.flatMap((edge) => describedEdge(edge, facts).map((row) => ({ edge, row })));
          const said = (what: string) => rows.flatMap(({ row: [first, said = ''] }) => (first === what ? [said] : []));
          return [service.name, { service, aws, cluster, document, rows, said }] as const;
        }),
      ),
    );

    it.each(services)('of %s are the rights that its role has', (_name, { document, said }) => {
      const given = (document?.statement ?? []).map(({ actions }: any) => actions.join(', '));
      expect(
        said('right')
          .map((right) => right.split(' on ')[0])
          .sort(),
      ).toEqual([...given].sort());
    });

    it.each(services)('of %s are the secrets and users that are made for it', (service, { aws = [], said }) => {
      const made = (type: string, attribute: string) =>
        aws
          .filter((one) => one.type === type && one.name.startsWith(`services_${service}_`))
          .map((one) => one.values[attribute]);
      const names = (what: string) => said(what).map((one) => one.split(':')[0] ?? '');
      expect(sorted(names('secret'))).toEqual(sorted(made('aws_secretsmanager_secret', 'name')));
      expect(sorted(names('user'))).toEqual(sorted(made('aws_elasticache_user', 'user_id')));
    });

    it.each(services)('of %s are the variables and files that its pods get', (service, { cluster = [], said }) => {
      const pods = cluster.filter(({ values }) => values.metadata?.name === service);
      const variables = deep(pods, 'env').map((one) => one.name);
      const files = deep(pods, 'volume_mount').map((one) => one.mount_path);
      expect(sorted(said('variable').map((one) => one.split(' = ')[0] ?? ''))).toEqual(
        sorted(variables.filter((one) => !OF_ITSELF.test(one))),
      );
      expect(sorted(said('mount').map((one) => one.split(':')[0] ?? ''))).toEqual(
        sorted(files.filter((one) => one.startsWith('/secrets/'))),
      );
    });

    it.each(services)('of %s are the policies of its edges', (service, { cluster = [], rows }) => {
      const policies = cluster.filter(
        ({ type, name }) => type === 'kubernetes_network_policy_v1' && name.startsWith(`services_${service}_edges_`),
      );
      const made = policies
        .filter(({ values }) => values.metadata.name.startsWith(`${service}--`))
        .flatMap(({ values }) =>
          (['egress', 'ingress'] as const).flatMap((way) =>
            deep(values.spec[way], 'ports').map(
              ({ port }) => `${values.metadata.annotations['groundplan.dev/origin']} ${way} ${port}`,
            ),
          ),
        );
      const told = rows.flatMap(({ edge, row: [what, said = ''] }) =>
        what === 'network policy'
          ? [`${edge.origin} ${said.startsWith('out ') ? 'egress' : 'ingress'} ${/tcp (\d+)$/.exec(said)?.[1]}`]
          : [],
      );
      expect(sorted(told)).toEqual(sorted(made));
    });
  },
);
