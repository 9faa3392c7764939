import { manifestsOf } from '../cli/manifests';
import { resourcesOf } from './support/harness';
import { Loose, Placed, World, forgetWorlds, worlds } from './support/kubernetes';
import { DRAIN_RULES } from './support/kubernetes-drain';
import {
  builtDoors,
  builtIdentities,
  builtMounts,
  builtOpenings,
  declaredDoors,
  declaredIdentities,
  declaredMounts,
  declaredOpenings,
  mountAnnotations,
} from './support/kubernetes-edges';
import { POD_RULES } from './support/kubernetes-pods';
import { found } from './support/kubernetes-rule';
import { WIRING_RULES } from './support/kubernetes-wiring';

/**
 * What the stacks put into the cluster: by the schemas of Kubernetes itself, by rules of our own, and edge by edge
 * against the declaration. Platforms of the table stand beside each other; the second has everything on.
 */
const WORLDS = worlds();
const [, everythingOn] = WORLDS;
afterAll(forgetWorlds);

const RULES = [...POD_RULES, ...DRAIN_RULES, ...WIRING_RULES];

describe('what must hold in the cluster', () => {
  it.each(RULES)('$name', ({ problems }) => {
    expect(WORLDS.flatMap(problems)).toEqual([]);
  });
});

describe('a rule that cannot fail proves nothing', () => {
  const cases = RULES.flatMap(({ name, problems, notices }) =>
    Object.entries(notices).map(([what, change]) => ({ name, what, problems, change })),
  );

  it.each(cases)('$name: noticed: $what', ({ problems, change }) => {
    const broken = structuredClone(everythingOn);
    change(broken);
    expect(problems(broken)).not.toEqual([]);
  });

  it('no rule is without a change that it notices', () => {
    expect(RULES.filter(({ notices }) => Object.keys(notices).length === 0)).toEqual([]);
  });
});

describe.each(WORLDS)('edges both ways: $name', (world) => {
  it('what edges open between pods is opened at both ends, and nothing else is', () => {
    expect(builtOpenings(world)).toEqual(declaredOpenings(world));
  });

  it('what edges have pods mount is mounted, and nothing else is', () => {
    expect(builtMounts(world)).toEqual(declaredMounts(world));
    for (const [said, mounted] of mountAnnotations(world)) expect(said).toBe(mounted);
  });

  it('whoever has a door has its pods registered behind it, and nobody else has', () => {
    expect(builtDoors(world)).toEqual(declaredDoors(world));
  });

  it('whoever needs to be somebody to AWS is, by the account of its own pods, and nobody else is', () => {
    expect(builtIdentities(world)).toEqual(declaredIdentities(world));
  });
});

describe('edges with everything on', () => {
  it('open every way that there is', () => {
    const ways = [
      'to isolated subnets',
      'to endpoint subnets',
      'to the pod identity agent',
      'from public subnets',
      'to kube-system/kube-dns',
      'nothing into',
    ];
    for (const way of ways) expect(builtOpenings(everythingOn).filter((line) => line.includes(way))).not.toEqual([]);
    expect(builtOpenings(WORLDS[2]).filter((line) => line.includes('to what is not ours'))).not.toEqual([]);
    expect(declaredMounts(everythingOn).length).toBeGreaterThan(3);
    expect(declaredDoors(everythingOn)).toHaveLength(2);
  });

  const inPolicy = (change: (egress: Loose[]) => void) => (world: World) =>
    change(found(world.objects.find(({ object }) => object.metadata.name.endsWith('--out'))).object.spec.egress);
  const inLogin = (changes: Loose) => (world: World) =>
    Object.assign(found(world.releases.find(({ values }) => values.secret)).values, changes);
  const inTier = (type: string, change: (values: Loose) => void) => (world: World) =>
    resourcesOf(world.stacks[APP_TIER])
      .filter((resource) => resource.type === type)
      .forEach(({ values }) => change(values));
  const APP_TIER = 'production-bazaar-of-many-merchants-app-tier';

  it.each<
    [
      what: string,
      built: (world: World) => unknown,
      declared: (world: World) => unknown,
      change: (world: World) => void,
    ]
  >([
    [
      'a port more',
      builtOpenings,
      declaredOpenings,
      inPolicy(([rule]) => rule.ports.push({ port: 22, protocol: 'TCP' })),
    ],
    ['an opening less', builtOpenings, declaredOpenings, inPolicy((egress) => egress.pop())],
    ['a zone less', builtOpenings, declaredOpenings, inPolicy(([rule]) => rule.to.pop())],
    [
      'a policy less',
      builtOpenings,
      declaredOpenings,
      ({ objects }) =>
        (objects as Placed[]).splice(
          objects.findIndex(({ object }) => object.kind === 'NetworkPolicy'),
          1,
        ),
    ],
    ["another's secret", builtMounts, declaredMounts, inLogin({ secret: 'production/other/service/store' })],
    ["another's name", builtMounts, declaredMounts, inLogin({ name: 'other' })],
    [
      'a group for another door',
      builtDoors,
      declaredDoors,
      inTier('aws_lb_target_group', (group) => (group.tags.origin = 'internet/reach/other')),
    ],
    [
      'an identity for another account',
      builtIdentities,
      declaredIdentities,
      inTier('aws_eks_pod_identity_association', (association) => (association.service_account = 'default')),
    ],
  ])('are not what is declared with %s', (_what, built, declared, change) => {
    const broken = structuredClone(everythingOn);
    change(broken);
    expect(built(broken)).not.toEqual(declared(broken));
  });
});

describe('manifests', () => {
  const stack = (resource: Loose): Loose => ({ terraform: {}, resource });
  const only = (resource: Loose): Loose => manifestsOf(stack(resource), new Map())[0]?.object;

  it('refuse a kind that they have no row for', () => {
    expect(() => only({ kubernetes_secret_v1: { x: {} } })).toThrow(
      "'kubernetes_secret_v1' is not among the kinds that can be written as a manifest; add its row to cli/manifest-words.ts",
    );
  });

  it('refuse a reference that nothing stands in for', () => {
    expect(() => only({ kubernetes_namespace_v1: { x: { metadata: { name: '${aws_vpc.x.id}' } } } })).toThrow(
      "'${aws_vpc.x.id}' is neither an output of another stack nor something that this one sets; nothing can stand in for it",
    );
  });

  it('follow references through the stack, alone and inside text', () => {
    const namespace = {
      name: { metadata: { name: 'shop' } },
      whole: { metadata: [{ name: '${kubernetes_namespace_v1.name.metadata[0].name}' }] },
    };
    const account = { x: { metadata: { name: 'of-${kubernetes_namespace_v1.whole.metadata.0.name}' } } };
    expect(only({ kubernetes_service_account_v1: account, kubernetes_namespace_v1: namespace }).metadata.name).toBe(
      'of-shop',
    );
  });

  it('keep a field that they do not know, for the schema to refuse', () => {
    expect(only({ kubernetes_namespace_v1: { x: { some_new_field: { inner_field: '1' } } } })).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      someNewField: { innerField: '1' },
    });
  });

  it("leave authors' keys and text as they are, and turn text into numbers only where Kubernetes wants them", () => {
    const spec = { selector: { app_name: 'x' }, port: [{ port: 1, target_port: '8080' }] };
    const container = {
      name: 'x',
      env: [{ name: 'A', value: '8080' }],
      command: ['1'],
      port: [{ container_port: 1 }],
      security_context: { run_as_user: '7' },
    };
    const volume = [{ name: 'v', projected: [{ default_mode: '0440', sources: [{ config_map: [{ name: 'c' }] }] }] }];
    expect(only({ kubernetes_service_v1: { x: { metadata: { labels: { a_b: '1' } }, spec } } })).toMatchObject({
      metadata: { labels: { a_b: '1' } },
      spec: { selector: { app_name: 'x' }, ports: [{ port: 1, targetPort: 8080 }] },
    });
    expect(
      only({ kubernetes_deployment_v1: { x: { spec: { template: { spec: { container: [container], volume } } } } } })
        .spec.template.spec,
    ).toEqual({
      containers: [
        {
          name: 'x',
          env: [{ name: 'A', value: '8080' }],
          command: ['1'],
          ports: [{ containerPort: 1 }],
          securityContext: { runAsUser: 7 },
        },
      ],
      volumes: [{ name: 'v', projected: { defaultMode: 0o440, sources: [{ configMap: { name: 'c' } }] } }],
    });
  });
});
