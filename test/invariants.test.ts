import { PlatformDeclaration, ProductDeclaration } from '../model';
import { shop } from '../products/shop';
import { aPlatform, changed } from './support/declarations';
import { differences, resourcesOf, synth } from './support/harness';
import { stateList } from './support/state-list';

/**
 * What must always hold: one thing of a declaration is changed, and every synthesized stack is compared. Each case says
 * which stacks may differ, and that the one in question does, or it would prove nothing.
 */
const shopPlatform = (changes: Readonly<Record<string, unknown>> = {}): PlatformDeclaration =>
  aPlatform([{ product: changed(shop, changes) }]);
const before = synth(shopPlatform());
const after = (changes: Readonly<Record<string, unknown>>): ReturnType<typeof synth> => synth(shopPlatform(changes));

const blog: ProductDeclaration = {
  name: 'blog',
  owner: 'press',
  services: { pages: { kind: 'web', host: 'blog' } as { kind: 'web' } },
};

describe('independent tiers', () => {
  it('nodes with local disks are told to use them, and no others are', () => {
    const dataOf = (stacks: typeof before) =>
      Object.values(stacks['production-shop-app-tier']?.resource?.aws_launch_template ?? {}).map(
        ({ instance_type, user_data }) => [
          instance_type,
          Buffer.from(String(user_data ?? ''), 'base64')
            .toString()
            .includes('localStorage'),
        ],
      );
    expect(dataOf(before)).toEqual([['c8g.xlarge', false]]);
    expect(dataOf(after({ 'tiers.app.pool.profile': 'io' }))).toEqual([['i8g.xlarge', true]]);
  });

  it.each([
    ['profile', { 'tiers.app.pool.profile': 'memory' }],
    ['size', { 'tiers.app.pool.size': '2xlarge' }],
    ['instance', { 'tiers.app.pool.profile': undefined, 'tiers.app.pool.instance': 'c8g.2xlarge' }],
    ['architecture', { 'tiers.app.pool.architecture': 'x86_64' }],
    ['lower bound', { 'tiers.app.pool.min': 4 }],
    ['upper bound', { 'tiers.app.pool.max': 25 }],
    ['volume', { 'tiers.app.pool.volume': '80 GiB' }],
  ])('another %s of the app pool changes the app tier alone, and its rows in watch', (_what, changes) => {
    const changed = differences(before, after(changes));
    expect(changed.filter((stack) => stack !== 'production-shop-watch')).toEqual(['production-shop-app-tier']);
  });

  it.each([
    ['profile', { 'tiers.app.pool.profile': 'memory' }],
    ['size', { 'tiers.app.pool.size': '2xlarge' }],
    ['volume', { 'tiers.app.pool.volume': '80 GiB' }],
  ])('another %s rolls nodes in place: nothing that would replace the node group changes', (_what, changes) => {
    const forcing = ({ values }: { values: Record<string, unknown> }) =>
      [
        'ami_type',
        'capacity_type',
        'cluster_name',
        'disk_size',
        'instance_types',
        'node_group_name',
        'node_role_arn',
        'subnet_ids',
      ].map((name) => values[name]);
    const groups = (stacks: typeof before) =>
      resourcesOf(stacks['production-shop-app-tier']).filter(({ type }) => type === 'aws_eks_node_group');
    expect(groups(after(changes)).map(forcing)).toEqual(groups(before).map(forcing));
    expect(groups(before)).toHaveLength(1);
    const template = (stacks: typeof before) => stacks['production-shop-app-tier']?.resource?.aws_launch_template;
    expect(template(after(changes))).not.toEqual(template(before));
    expect(Object.values(template(after(changes)) ?? {}).map(({ name }) => name)).toEqual(
      Object.values(template(before) ?? {}).map(({ name }) => name),
    );
  });

  it('another architecture is another pool beside the old name, because it cannot be changed in place', () => {
    const name = (stacks: typeof before) =>
      resourcesOf(stacks['production-shop-app-tier']).flatMap(({ type, values }) =>
        type === 'aws_eks_node_group' ? [values.node_group_name] : [],
      );
    expect(name(before)).toEqual(['production-shop-app-arm64']);
    expect(name(after({ 'tiers.app.pool.architecture': 'x86_64' }))).toEqual(['production-shop-app-x86']);
  });
});

describe('a new API adds application capacity only', () => {
  const billing = {
    kind: 'api',
    host: 'billing',
    uses: { orders: 'own', 'order-events': 'consume', 'order-api': 'call' },
  };

  it('with a public host and edges to every datum and service of its tier', () => {
    expect(differences(before, after({ 'services.billing': billing }))).toEqual([
      'production-shop-app-services',
      'production-shop-app-tier',
      'production-shop-watch',
    ]);
  });

  it('with an edge from another tier, that tier changes too, and nothing else', () => {
    expect(
      differences(before, after({ 'services.billing': billing, 'services.storefront.uses.billing': 'call' })),
    ).toEqual([
      'production-shop-app-services',
      'production-shop-app-tier',
      'production-shop-watch',
      'production-shop-web-services',
      'production-shop-web-tier',
    ]);
  });

  it('in the web tier, it leaves the app tier alone, even when it calls into it', () => {
    const admin = { kind: 'web', host: 'admin', uses: { 'order-api': 'call', orders: 'read' } };
    expect(differences(before, after({ 'services.admin': admin }))).toEqual([
      'production-shop-watch',
      'production-shop-web-services',
      'production-shop-web-tier',
    ]);
  });

  it('changes no address of the service that was there before', () => {
    const addresses = (stacks: typeof before) =>
      Object.entries(stacks).flatMap(([stack, json]) =>
        resourcesOf(json).map(({ type, name }) => `${stack}/${type}.${name}`),
      );
    const grown = addresses(after({ 'services.billing': billing }));
    expect(grown).toEqual(expect.arrayContaining(addresses(before)));
    expect(grown.length).toBeGreaterThan(addresses(before).length);
  });
});

describe('a monolith can grow up', () => {
  const services = { all: { kind: 'web', host: 'shop', uses: { orders: 'own', 'order-events': 'publish' } } };

  it('every set of services gives one and the same data stack', () => {
    const sets: readonly Record<string, unknown>[] = [
      services,
      { all: { kind: 'web', host: 'shop' } },
      { ...services, jobs: { kind: 'api', uses: { 'order-events': 'consume' } } },
      {
        ...services,
        jobs: { kind: 'api', consumes: 'order-events', uses: { orders: 'read' }, replicas: { min: 5, max: 50 } },
      },
      {
        front: { kind: 'web', host: 'www', uses: { back: 'call' } },
        back: { kind: 'api', uses: { orders: 'own' } },
        third: { kind: 'api', tier: 'web', uses: { orders: 'read', back: 'call' } },
      },
      Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [
          `part-${index}`,
          {
            kind: 'api',
            tier: index % 2 ? 'web' : 'app',
            uses: { orders: index % 3 ? 'read' : 'write', 'order-events': 'publish' },
          },
        ]),
      ),
    ];
    for (const set of sets)
      expect(after({ services: set })['production-shop-data']).toEqual(before['production-shop-data']);
  });

  it('adding data only creates: every address, attribute and name that was there stays', () => {
    const grown = after({
      'data.archive': { kind: 'postgresql', storage: '40 GiB' },
      'data.abandoned-carts': { kind: 'sqs' },
    });
    expect(differences(before, grown)).toEqual(['production-shop-data', 'production-shop-watch']);
    for (const stack of ['production-shop-data', 'production-shop-watch']) {
      const now = new Map(resourcesOf(grown[stack]).map(({ type, name, values }) => [`${type}.${name}`, values]));
      // A page of everything says what is new as well.
      const kept = resourcesOf(before[stack]).filter(({ type }) => type !== 'aws_cloudwatch_dashboard');
      for (const { type, name, values } of kept) expect(now.get(`${type}.${name}`)).toEqual(values);
      expect(now.size).toBeGreaterThan(resourcesOf(before[stack]).length);
    }
    expect(grown['production-shop-data']?.output).toMatchObject(before['production-shop-data']?.output ?? {});
  });

  it('what a queue is set to comes from itself, whoever works it off', () => {
    const grown = after({ 'services.slow': { kind: 'api', consumes: 'order-events', millicores: 1000 } });
    expect(grown['production-shop-data']).toEqual(before['production-shop-data']);
  });
});

describe('products do not touch', () => {
  const together = synth(aPlatform([{ product: shop }, { product: blog }]));

  it('adding one changes no stack that was there', () => {
    expect(differences(before, together)).toEqual(
      expect.arrayContaining(['production-blog-data', 'production-blog-gateway']),
    );
    expect(differences(before, together).filter((stack) => !stack.startsWith('production-blog-'))).toEqual([]);
  });

  it('changing one changes no stack of the other, and none of the platform', () => {
    const both = synth(
      aPlatform([
        { product: shop },
        {
          product: changed(blog, {
            'services.feed': { kind: 'api', host: 'feed' },
            'data.texts': { kind: 'postgresql', storage: '20 GiB' },
          }),
        },
      ]),
    );
    expect(differences(together, both).length).toBeGreaterThan(0);
    expect(differences(together, both).filter((stack) => !stack.startsWith('production-blog-'))).toEqual([]);
  });
});

describe('state never moves by accident', () => {
  it('a datum that is renamed with `formerly` leaves the data stack as it is, to the letter', () => {
    const renamed = {
      'data.orders': undefined,
      'data.purchases': { ...(shop.data?.orders as object), formerly: 'orders' },
      'services.order-api.uses': { purchases: 'write', sessions: 'write', 'order-events': 'publish' },
      'services.daily-report.uses': { purchases: 'read' },
    };
    const stacks = after(renamed);
    expect(stacks['production-shop-data']).toEqual(before['production-shop-data']);
    expect(stateList(stacks)).toBe(stateList(before));
    // The application sees the new word: otherwise the lines above would hold of any change that did nothing.
    expect(JSON.stringify(stacks['production-shop-app-services'])).toContain('PURCHASES_HOST');
  });

  it('a datum that is released is forgotten, whole, and nothing of it is destroyed', () => {
    const released = after({
      'data.orders.released': 'moved to the warehouse',
      'services.order-api.uses.orders': undefined,
      'services.daily-report.uses': undefined,
    });
    const gone = resourcesOf(before['production-shop-data'])
      .filter(({ name }) => name === 'orders' || name.startsWith('stores_orders_'))
      .map(({ type, name }) => `${type}.${name}`);
    expect(gone).toContain('aws_db_instance.orders');
    const removed = released['production-shop-data']?.removed as {
      readonly from: string;
      readonly lifecycle: { readonly destroy: boolean };
    }[];
    expect(removed.map(({ from }) => from)).toEqual([...gone].sort());
    expect(removed.every(({ lifecycle }) => lifecycle.destroy === false)).toBe(true);
    expect(JSON.stringify(released['production-shop-data']?.resource)).not.toContain('production-shop-orders"');
    expect(stateList(released)).toContain('aws_sqs_queue.order-events');
  });

  it('a retired tier keeps its stacks, empty, and the gateway keeps its group', () => {
    const grown = after({ 'tiers.batch': {}, 'services.nightly': { kind: 'api', tier: 'batch' } });
    const retired = after({ 'tiers.batch': { retired: true } });
    expect(resourcesOf(grown['production-shop-batch-tier']).length).toBeGreaterThan(0);
    expect(resourcesOf(retired['production-shop-batch-tier'])).toEqual([]);
    expect(resourcesOf(retired['production-shop-batch-services'])).toEqual([]);
    expect(retired['production-shop-gateway']).toEqual(grown['production-shop-gateway']);
  });

  it('a retired product lets its data go, opens nothing and can be destroyed', () => {
    const released = changed(shop, {
      'data.orders.released': 'archived',
      'data.order-events.released': 'drained',
      'data.sessions.released': 'ended',
      'services.order-api.uses': undefined,
      'services.daily-report': undefined,
      'services.email-worker': undefined,
    });
    const stacks = synth(aPlatform([{ product: released, retired: true }]));
    expect(Object.keys(stacks)).toEqual(Object.keys(before));
    expect(resourcesOf(stacks['production-shop-data'])).toEqual([]);
    expect((stacks['production-shop-data']?.removed as unknown[]).length).toBe(
      resourcesOf(before['production-shop-data']).length,
    );
    const guarded = Object.entries(stacks)
      .filter(([stack]) => stack.startsWith('production-shop-'))
      .flatMap(([, json]) =>
        resourcesOf(json).filter(
          ({ values }) => values.lifecycle?.prevent_destroy === true || values.enable_deletion_protection === true,
        ),
      );
    expect(guarded).toEqual([]);
  });

  it('everything that holds data is guarded against destruction', () => {
    expect(stateList(before)).not.toContain('prevent_destroy = false');
    expect(stateList(before)).toContain('aws_db_instance.orders');
  });
});

describe('the same in, the same out', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversed(inner)]),
        )
      : value;
  };

  it('two syntheses are equal', () => {
    expect(differences(before, synth(shopPlatform()))).toEqual([]);
  });

  it('the order in which a declaration is written changes nothing', () => {
    const backwards = reversed(shopPlatform()) as PlatformDeclaration;
    expect(Object.keys(backwards)).not.toEqual(Object.keys(shopPlatform()));
    expect(differences(before, synth(backwards))).toEqual([]);
    const [one, two] = [
      synth(aPlatform([{ product: shop }, { product: blog }])),
      synth(aPlatform([{ product: blog }, { product: shop }])),
    ];
    expect(differences(one, two)).toEqual([]);
  });

  it('neither the day nor chance nor the environment is in it', () => {
    const [now, random, home] = [
      jest.spyOn(Date, 'now').mockReturnValue(0),
      jest.spyOn(Math, 'random').mockReturnValue(0.5),
      process.env.AWS_REGION,
    ];
    process.env.AWS_REGION = 'ap-southeast-2';
    try {
      expect(differences(before, synth(shopPlatform()))).toEqual([]);
    } finally {
      now.mockRestore();
      random.mockRestore();
      if (home === undefined) delete process.env.AWS_REGION;
      else process.env.AWS_REGION = home;
    }
  });
});
