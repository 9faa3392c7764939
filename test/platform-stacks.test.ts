import { quorumPlan, shortfalls, spread, unprovisionable, unsurvivable } from '../model/discovery';
import { platformImages } from '../model/images';
import { PLATFORM_NAMESPACES } from '../model/platform-namespaces';
import { DAEMONS, instanceType } from '../model/sizing';
import { CHARTS } from '../model/versions';
import { shop } from '../products/shop';
import { Loose, RemoteRelease, forgetWorlds, worlds } from './support/kubernetes';
import { aPlatform } from './support/declarations';
import { differences, resourcesOf, synth } from './support/harness';
import { conforms } from './support/kubernetes-tools';
import { describeWith } from './support/tools';
import { yaml } from '../cli/yaml';

/** What the platform itself puts into its cluster: charts of others with our values, and the objects around them. */
const WORLDS = worlds();
afterAll(forgetWorlds);
const ALL = WORLDS.flatMap((world) => world.own.releases.map((release) => ({ world, release })));

const DAEMON_CHARTS = [
  'fluent-bit',
  'opentelemetry-collector',
  'prometheus-node-exporter',
  'secrets-store-csi-driver',
  'secrets-store-csi-driver-provider-aws',
];
const isDaemon = ({ chart }: RemoteRelease): boolean => DAEMON_CHARTS.includes(chart);

/** Every object below a value, with the path that leads to it. */
const within = (value: Loose, path = ''): readonly (readonly [path: string, value: Loose])[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        [path, value],
        ...Object.entries(value).flatMap(([key, inner]) => within(inner, path === '' ? key : `${path}.${key}`)),
      ];
/** Some charts take YAML inside of text. */
const said = (value: Loose): Loose => (typeof value === 'string' ? JSON.parse(value) : value);

describe('charts of others', () => {
  it('are all installed, each from the repository and at the version of the table', () => {
    for (const { release } of ALL) {
      expect(release.resource).toMatchObject({ ...CHARTS[release.chart as keyof typeof CHARTS] });
    }
    for (const { own } of WORLDS)
      expect(own.releases.map(({ chart }) => chart).sort()).toEqual(Object.keys(CHARTS).sort());
  });

  it.each(ALL.map(({ release }) => [`${release.stack}: ${release.name}`, release] as const))(
    '%s stays whole or not at all, and is waited for',
    (_name, { resource }) => {
      expect(resource).toMatchObject({ atomic: true, cleanup_on_fail: true, wait: true, wait_for_jobs: true });
      expect(resource.timeout).toBeGreaterThanOrEqual(600);
    },
  );

  it('run nothing that is not in the registry of their platform', () => {
    for (const { world, release } of ALL) {
      const known = platformImages(world.platform.facts).map(({ repository, tag }) => `${repository}:${tag}`);
      const images = [
        ...within(release.values).flatMap(([, { registry, repository, tag }]) =>
          typeof repository === 'string' && tag !== undefined
            ? [`${registry === undefined ? '' : `${registry}/`}${repository}:${tag}`]
            : [],
        ),
        ...Object.entries(release.values.global ?? {}).flatMap(([key, value]) =>
          key.startsWith('image') ? [value as string] : [],
        ),
      ];
      expect({ release: release.name, any: images.length > 0 }).toEqual({ release: release.name, any: true });
      expect({ release: release.name, strange: images.filter((image) => !known.includes(image)) }).toEqual({
        release: release.name,
        strange: [],
      });
    }
  });

  it('say what they ask for, and where their memory ends, which is never below it', () => {
    for (const { release } of ALL) {
      const asked = within(release.values).filter(([, value]) => value.requests !== undefined);
      expect({ release: release.name, asked: asked.length > 0 }).toEqual({ release: release.name, asked: true });
      for (const [path, { requests, limits }] of asked) {
        const [request, limit] = [requests, limits].map(({ memory }) => parseInt(memory, 10));
        expect({ path, fits: (limit ?? 0) >= (request ?? Infinity) }).toEqual({ path, fits: true });
        expect(requests.cpu).toMatch(/^\d+m$/);
        // It would throttle while the node idles; `null` takes away what the chart brings.
        expect(limits.cpu ?? null).toBeNull();
      }
    }
  });

  it('run on nodes of the platform, and daemons on every node there is', () => {
    for (const { release } of ALL) {
      const placed = within(release.values).filter(([, value]) => value.tolerations !== undefined);
      expect(placed.length).toBeGreaterThan(0);
      for (const [path, { tolerations, nodeSelector }] of placed) {
        const at = `${release.name}: ${path}`;
        if (isDaemon(release)) expect({ at, tolerations }).toEqual({ at, tolerations: [{ operator: 'Exists' }] });
        else expect(['system', 'quorum']).toContain(said(nodeSelector)['groundplan.dev/pool']);
      }
    }
  });

  it('tolerate the taint of the pool that they name', () => {
    for (const { world, release } of ALL.filter((one) => !isDaemon(one.release))) {
      const pools = resourcesOf(world.stacks[`${world.platform.facts.platform}-cluster`]).filter(
        ({ type }) => type === 'aws_eks_node_group',
      );
      for (const [, { tolerations, nodeSelector }] of within(release.values).filter(([, v]) => v.nodeSelector)) {
        const own = pools.filter(
          ({ values }) => values.labels['groundplan.dev/pool'] === said(nodeSelector)['groundplan.dev/pool'],
        );
        expect(own.length).toBeGreaterThan(0);
        for (const { values } of own)
          expect(said(tolerations).map(({ key }: Loose) => key)).toEqual(values.taint.map(({ key }: Loose) => key));
      }
    }
  });

  it('of every node ask together for what the model takes off a node, and no more', () => {
    // What EKS brings: https://github.com/aws/amazon-vpc-cni-k8s, kube-proxy, the volume driver's three containers.
    const brought = { millicores: 25 + 25 + 100 + 30, mib: 120 };
    for (const { own } of WORLDS) {
      const asked = own.releases
        .filter(isDaemon)
        .flatMap(({ values }) =>
          within(values).filter(([path, value]) => value.requests !== undefined && !path.includes('crds')),
        )
        .map(([, { requests }]) => requests);
      const sum = (of: 'cpu' | 'memory'): number => asked.reduce((total, one) => total + parseInt(one[of], 10), 0);
      expect(brought.millicores + sum('cpu')).toBeLessThanOrEqual(DAEMONS.millicores);
      expect(brought.mib + sum('memory')).toBeLessThanOrEqual(DAEMONS.mib);
    }
  });

  it('hold no secret, and are told none', () => {
    for (const { release } of ALL)
      expect(JSON.stringify(release.values)).not.toMatch(/"(password|token|secretKey|accessKey)":/i);
    for (const { own } of WORLDS) expect(own.objects.filter(({ object }) => object.kind === 'Secret')).toEqual([]);
  });
});

describe('namespaces of the platform', () => {
  it('are the listed ones, closed inwards before anything lives in them', () => {
    for (const { own } of WORLDS) {
      const names = own.objects
        .filter(({ object }) => object.kind === 'Namespace')
        .map(({ object }) => object.metadata);
      expect(names.map(({ name }) => name).sort()).toEqual(Object.keys(PLATFORM_NAMESPACES).sort());
      for (const { name } of names)
        expect(
          own.objects.filter(
            ({ object: { kind, metadata, spec } }) =>
              kind === 'NetworkPolicy' && metadata.namespace === name && spec.ingress === undefined,
          ),
        ).toHaveLength(1);
    }
  });

  it('hold every release, and only daemons where a pod may touch its node', () => {
    for (const { release } of ALL) {
      const row = PLATFORM_NAMESPACES[release.namespace as keyof typeof PLATFORM_NAMESPACES];
      expect(row).toBeDefined();
      if (row.podSecurity !== 'restricted') expect(isDaemon(release)).toBe(true);
    }
  });
});

describeWith('kubeconform', 'objects of the platform, by the schemas of Kubernetes', (program) => {
  it('are what the API takes', () => {
    const objects = WORLDS.flatMap(({ own }) => own.objects.map(({ object }) => yaml(object)));
    expect(conforms(program, objects)).toEqual({ valid: objects.length, problems: [] });
  });
});

describe('servers of a quorum', () => {
  const platform = { class: 'production', region: 'eu-west-1', zones: ['c', 'a', 'b'], discovery: 'consul' } as const;

  it('are spread so that any zone may be lost', () => {
    expect(spread(5, ['c', 'a', 'b'])).toEqual([
      { zone: 'a', nodes: 2 },
      { zone: 'b', nodes: 2 },
      { zone: 'c', nodes: 1 },
    ]);
    expect(unsurvivable(spread(5, ['a', 'b', 'c']))).toEqual([]);
    expect(unsurvivable(spread(3, ['a', 'b']))).toEqual([
      'of 3 servers a has 2, and without them 1 are left of the 2 that a majority takes',
    ]);
  });

  it('get a machine that sustains what their makers ask for', () => {
    expect(quorumPlan(platform)).toMatchObject({ need: { servers: 5 }, type: { type: 'm8g.2xlarge' } });
    expect(quorumPlan({ ...platform, class: 'staging' })?.type.type).toBe('m8g.xlarge');
    expect(quorumPlan({ ...platform, class: 'development' })?.type.type).toBe('m8g.large');
    expect(quorumPlan({ ...platform, discovery: 'none' })).toBeUndefined();
  });

  it('are refused one that falls short, in numbers', () => {
    const need = quorumPlan(platform)?.need;
    const small = instanceType('m8g.large');
    if (!need || !small) throw new Error('the catalogue lost a type');
    expect(shortfalls(need, small)).toEqual([
      'm8g.large sustains 2 cores of 8',
      'm8g.large sustains 8 GiB of memory of 32',
      'm8g.large sustains 3600 EBS operations each second of 7500',
      'm8g.large sustains 78.75 MiB each second to EBS of 250',
      'm8g.large sustains 0.937 Gbps of network of 1.15',
    ]);
    expect(unprovisionable(need)).toEqual([]);
    expect(unprovisionable({ ...need, volumeGib: 10, mibs: 2000 })).toEqual([
      'gp3 gives 10 GiB no 7500 IOPS',
      'gp3 gives 7500 IOPS no 2000 MiB/s',
    ]);
  });

  it('have one pool in each zone, and pools roll one after the other', () => {
    for (const {
      platform: { facts },
      stacks,
    } of WORLDS) {
      const groups = Object.entries(stacks[`${facts.platform}-cluster`]?.resource?.aws_eks_node_group ?? {}).filter(
        ([name]) => name.includes('quorum'),
      );
      const plan = quorumPlan(facts);
      expect(groups.map(([name]) => name)).toEqual(plan?.pools.map(({ zone }) => `pools_quorum-${zone}`));
      for (const [index, [, group]] of groups.entries()) {
        const { scaling_config: size, subnet_ids: subnets, depends_on: after } = group as Loose;
        expect(size).toMatchObject({ min_size: plan?.pools[index]?.nodes, max_size: plan?.pools[index]?.nodes });
        expect(subnets).toHaveLength(1);
        expect(after).toContain(`aws_eks_node_group.${groups[index - 1]?.[0] ?? 'pools_system'}`);
      }
    }
  });

  it('stand in the chart as they stand in the pools', () => {
    for (const {
      platform: { facts },
      own,
    } of WORLDS) {
      const server = own.releases.find(({ chart }) => chart === 'consul')?.values.server;
      const plan = quorumPlan(facts);
      expect(server).toMatchObject({ replicas: plan?.need.servers, bootstrapExpect: plan?.need.servers });
      expect(said(server.topologySpreadConstraints)).toEqual([
        expect.objectContaining({
          maxSkew: 1,
          minDomains: plan?.pools.length,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
        }),
      ]);
      const storage = own.objects.find(
        ({ object }) => object.kind === 'StorageClass' && object.metadata.name === server.storageClass,
      )?.object;
      expect(storage).toMatchObject({
        volumeBindingMode: 'WaitForFirstConsumer',
        reclaimPolicy: 'Retain',
        parameters: { type: 'gp3', encrypted: 'true', iops: `${plan?.need.iops}` },
      });
    }
  });
});

describe('a platform without a registry', () => {
  it('has neither its stack nor its nodes, and nothing else is different', () => {
    const [before, without] = ['consul', 'none'].map((discovery) =>
      synth(aPlatform([{ product: shop }], { discovery })),
    );
    if (!before || !without) throw new Error('nothing was synthesized');
    expect(differences(before, without)).toEqual([
      'production-cluster',
      'production-controllers',
      'production-discovery',
    ]);
    expect(JSON.stringify(without['production-cluster']).match(/quorum|consul:53/g)).toBeNull();
  });
});
