import { Edge, Grant } from '../../model/grants';
import { namespaceName } from '../../model/naming';
import { ResolvedProduct, ResolvedService } from '../../model/resolved';
import { Loose, Pod, World, ofKind, podsOf, tierStackOf } from './kubernetes';
import { targetGroupOf } from './kubernetes-drain';
import { resourcesOf } from './harness';

/**
 * Edges both ways: what a product's edges should open between pods, said once from the resolution and once from what
 * the stacks hold. One line for each opening; the two lists must be equal.
 */
export const declaredOpenings = ({ platform: { facts, products } }: World): readonly string[] =>
  products
    .flatMap((product) => {
      const { site, tiers } = product;
      const baseline = tiers.flatMap(({ name }) => {
        const all = `${namespaceName(site, name)}/*`;
        return [
          `baseline/closed: nothing into ${all}`,
          `baseline/closed: nothing out of ${all}`,
          ...['TCP', 'UDP'].map(
            (protocol) => `baseline/dns-pods: out of ${all} to kube-system/kube-dns ${protocol} 53`,
          ),
          `baseline/scraped: into ${all} from platform-telemetry/collector TCP 1024-65535`,
          ...[4317, 4318].map((port) => `baseline/traces: out of ${all} to platform-telemetry/collector TCP ${port}`),
        ];
      });
      return [
        ...baseline,
        ...tiers.flatMap(({ services }) =>
          services.flatMap((service) => [
            ...service.edges.flatMap((edge) => ofEdge(product, service, edge, facts.endpoints)),
            ...ofDoor(product, service),
          ]),
        ),
      ];
    })
    .sort();

const ofEdge = (
  { site }: ResolvedProduct,
  { name, tier }: ResolvedService,
  { origin, grants }: Edge,
  endpoints: boolean,
): readonly string[] => {
  const from = `${namespaceName(site, tier)}/${name}`;
  const lines = (grant: Grant): readonly string[] => {
    if (grant.grant === 'connection') {
      const to =
        'service' in grant.to ? `${namespaceName(site, grant.to.tier)}/${grant.to.service}` : 'isolated subnets';
      return [
        `${origin}: out of ${from} to ${to} TCP ${grant.port}`,
        ...('service' in grant.to ? [`${origin}: into ${to} from ${from} TCP ${grant.port}`] : []),
      ];
    }
    if (grant.grant === 'membership') return [`${origin}: out of ${from} to the pod identity agent TCP 80`];
    // A key that is used through a queue is asked for by the queue.
    if (grant.grant === 'actions' && grant.via === undefined)
      return [
        `${origin}: out of ${from} to ${endpoints ? 'endpoint subnets' : 'what is not ours'} TCP 443`,
        `${origin}: out of ${from} to the pod identity agent TCP 80`,
      ];
    return [];
  };
  return [...new Set(grants.flatMap(lines))];
};

const ofDoor = ({ site }: ResolvedProduct, { name, tier, door, port }: ResolvedService): readonly string[] =>
  door && port !== undefined
    ? [`${door.origin}: into ${namespaceName(site, tier)}/${name} from public subnets TCP ${port}`]
    : [];

export const builtOpenings = (world: World): readonly string[] =>
  ofKind(world, 'NetworkPolicy')
    .flatMap(({ object }) => ofPolicy(world, object))
    .sort();

const ofPolicy = (world: World, { metadata, spec }: Loose): readonly string[] => {
  const origin = metadata.annotations?.['groundplan.dev/origin'];
  const own = `${metadata.namespace}/${spec.podSelector.matchLabels?.['app.kubernetes.io/name'] ?? '*'}`;
  const sides = [
    ['into', 'from', 'Ingress', spec.ingress, 'from'],
    ['out of', 'to', 'Egress', spec.egress, 'to'],
  ] as const;
  return sides
    .filter(([, , direction]) => spec.policyTypes.includes(direction))
    .flatMap(([way, toward, , rules, peers]) => {
      if (rules === undefined) return [`${origin}: nothing ${way} ${own}`];
      return rules.flatMap((rule: Loose) =>
        rule.ports.map(
          ({ protocol, port, endPort }: Loose) =>
            `${origin}: ${way} ${own} ${toward} ${peersOf(world, rule[peers])} ${protocol} ${endPort ? `${port}-${endPort}` : port}`,
        ),
      );
    });
};

const peersOf = ({ platform, stacks }: World, peers: readonly Loose[]): string => {
  const subnets = resourcesOf(stacks[`${platform.facts.platform}-network`]).filter(({ type }) => type === 'aws_subnet');
  const blocks = peers.map(({ ipBlock }) => ipBlock?.cidr);
  // All zones of one kind of subnet, as the network itself cuts them.
  const kind = ['public', 'private', 'isolated', 'endpoint'].find((candidate) => {
    const cidrs = subnets
      .filter(({ values }) => values.tags.Name.startsWith(`${platform.facts.platform}-${candidate}-`))
      .map(({ values }) => values.cidr_block);
    return cidrs.length > 0 && [...cidrs].sort().join() === [...blocks].sort().join();
  });
  if (kind !== undefined) return `${kind} subnets`;
  return peers
    .map(({ ipBlock, namespaceSelector, podSelector }) => {
      if (ipBlock) return ADDRESSES[ipBlock.cidr] ?? ipBlock.cidr;
      const labels = podSelector?.matchLabels ?? {};
      return `${namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name']}/${labels['app.kubernetes.io/name'] ?? labels['k8s-app']}`;
    })
    .join(' and ');
};

const ADDRESSES: Readonly<Record<string, string>> = {
  '169.254.170.23/32': 'the pod identity agent',
  '0.0.0.0/0': 'what is not ours',
};

/** Logins that are mounted: origin, pod, secret and place; declared, and as pods mount them. */
export const declaredMounts = (world: World): readonly string[] =>
  services(world)
    .flatMap(([{ site }, { name, tier, edges }]) =>
      edges.flatMap(({ origin, to, grants }) =>
        grants.flatMap((grant) =>
          grant.grant === 'login'
            ? [`${origin}: ${namespaceName(site, tier)}/${name} has ${grant.secret} at /secrets/${to}`]
            : [],
        ),
      ),
    )
    .sort();

export const builtMounts = (world: World): readonly string[] =>
  podsOf(world)
    .flatMap((pod) => mountsOf(world, pod).map(({ line }) => line))
    .sort();

/** What a pod says of itself: the origins of its mounts, in words of the declaration. */
export const mountAnnotations = (world: World): readonly (readonly [said: string, mounted: string])[] =>
  podsOf(world).map((pod) => [
    [...(pod.annotations['groundplan.dev/origin'] ?? '').split(' ').filter(Boolean)].sort().join(),
    mountsOf(world, pod)
      .map(({ origin }) => origin)
      .sort()
      .join(),
  ]);

const mountsOf = (
  { releases }: World,
  { namespace, owner, spec, containers }: Pod,
): readonly { readonly origin: string; readonly line: string }[] =>
  spec.volumes
    .filter(({ csi }: Loose) => csi)
    .map(({ name, csi }: Loose) => {
      const { values } = releases.find(
        (release) =>
          release.namespace === namespace &&
          release.values.secret !== undefined &&
          release.values.name === csi.volumeAttributes.secretProviderClass,
      ) ?? { values: {} };
      const places = containers.flatMap(({ volumeMounts }) =>
        volumeMounts.filter((mount: Loose) => mount.name === name).map(({ mountPath }: Loose) => mountPath),
      );
      return {
        origin: values.origin,
        line: `${values.origin}: ${namespace}/${owner.metadata.name} has ${values.secret} at ${places.join()}`,
      };
    });

/** Doors: whose pods are registered where; the group says the same of itself. */
export const declaredDoors = (world: World): readonly string[] =>
  services(world)
    .flatMap(([{ site }, { name, tier, door, port }]) =>
      door ? [`${door.origin}: ${namespaceName(site, tier)}/${name} on ${port}, group of ${door.origin}`] : [],
    )
    .sort();

export const builtDoors = (world: World): readonly string[] =>
  world.releases
    .filter(({ values }) => values.targetGroupArn !== undefined)
    .map(({ stack, namespace, values }) => {
      const pod = podsOf(world).find(
        (candidate) => candidate.stack === stack && candidate.owner.metadata.name === values.name,
      );
      return `${values.origin}: ${namespace}/${values.name} on ${values.port}, group of ${pod && targetGroupOf(world, pod)?.tags.origin}`;
    })
    .sort();

/** Who pods are to AWS: by namespace and account; declared where an edge needs it, as AWS is told, and as pods are. */
export const declaredIdentities = (world: World): readonly string[] =>
  services(world)
    .flatMap(([{ site }, { name, tier, edges }]) =>
      edges.some(({ grants }) => grants.some(({ grant }) => grant === 'actions' || grant === 'login'))
        ? [`${namespaceName(site, tier)}/${name}`]
        : [],
    )
    .sort();

export const builtIdentities = (world: World): readonly string[] =>
  podsOf(world)
    .filter(({ stack, namespace, spec }) =>
      resourcesOf(tierStackOf(world, stack)).some(
        ({ type, values }) =>
          type === 'aws_eks_pod_identity_association' &&
          values.namespace === namespace &&
          values.service_account === spec.serviceAccountName,
      ),
    )
    .map(({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`)
    .sort();

const services = ({ platform: { products } }: World): readonly (readonly [ResolvedProduct, ResolvedService])[] =>
  products.flatMap((product) =>
    product.tiers.flatMap((tier) => tier.services.map((service) => [product, service] as const)),
  );
