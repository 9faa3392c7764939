import { isDeepStrictEqual } from 'node:util';
import { Loose, Pod, World, matches, ofKind, tierStackOf } from './kubernetes';
import { Rule, eachContainer, eachPod } from './kubernetes-rule';

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, in full. */
const restricted: readonly Rule[] = [
  eachPod(
    'a pod runs as a user that is not root',
    ({ spec }) => spec.securityContext?.runAsNonRoot === true && spec.securityContext.runAsUser > 0,
    {
      'runAsNonRoot left out': ({ spec }) => delete spec.securityContext.runAsNonRoot,
      'user 0': ({ spec }) => (spec.securityContext.runAsUser = 0),
    },
  ),
  // The provider sends `false` for what a container leaves out, whatever its pod says.
  eachContainer(
    'a container says itself that it is not root',
    ({ securityContext }) => securityContext?.runAsNonRoot === true && securityContext.runAsUser !== 0,
    {
      'runAsNonRoot left to the pod': (container) => delete container.securityContext.runAsNonRoot,
      'user 0': (container) => (container.securityContext.runAsUser = 0),
    },
  ),
  eachContainer(
    'a container is not privileged and cannot become so',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false && securityContext.privileged !== true,
    {
      'escalation left out': (container) => delete container.securityContext.allowPrivilegeEscalation,
      privileged: (container) => (container.securityContext.privileged = true),
    },
  ),
  eachContainer(
    'a container drops every capability',
    ({ securityContext }) => isDeepStrictEqual(securityContext?.capabilities, { drop: ['ALL'] }),
    {
      'only one dropped': (container) => (container.securityContext.capabilities.drop = ['NET_RAW']),
      'one added': (container) => (container.securityContext.capabilities.add = ['SYS_TIME']),
    },
  ),
  eachPod(
    'system calls are filtered, by the pod and by each container',
    ({ spec, containers }) =>
      [spec, ...containers].every(({ securityContext }) => securityContext?.seccompProfile?.type === 'RuntimeDefault'),
    {
      'not by the pod': ({ spec }) => delete spec.securityContext.seccompProfile,
      'not by a container': ({ containers }) => (containers[0].securityContext.seccompProfile.type = 'Unconfined'),
    },
  ),
  eachPod(
    'volumes are of the kinds that bring nothing of the node',
    ({ spec }) =>
      (spec.volumes ?? []).every((volume: Loose) =>
        Object.keys(volume).every((key) => key === 'name' || VOLUMES.includes(key)),
      ),
    {
      'a folder of the node': ({ spec }) => spec.volumes.push({ name: 'node', hostPath: { path: '/' } }),
    },
  ),
  eachPod(
    'nothing of the node is shared: no namespace, port, kernel setting or profile of its own',
    ({ spec, containers }) =>
      ['hostNetwork', 'hostPID', 'hostIPC'].every((field) => spec[field] !== true) &&
      [spec, ...containers].every(
        ({ securityContext: { sysctls, seLinuxOptions, windowsOptions, appArmorProfile, procMount } }) =>
          [sysctls, seLinuxOptions, windowsOptions, appArmorProfile, procMount].every((field) => field === undefined),
      ) &&
      containers.every(({ ports = [] }) =>
        ports.every(({ hostPort, hostIP }: Loose) => hostPort === undefined && hostIP === undefined),
      ),
    {
      'the network': ({ spec }) => (spec.hostNetwork = true),
      'a port': ({ containers }) => (containers[0].ports = [{ containerPort: 8080, hostPort: 80 }]),
      'a kernel setting': ({ spec }) => (spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]),
      'the proc mount': ({ containers }) => (containers[0].securityContext.procMount = 'Unmasked'),
    },
  ),
];

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What Pod Security leaves open. */
const hardened: readonly Rule[] = [
  eachContainer(
    'the root file system is read-only',
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
    {
      writable: (container) => (container.securityContext.readOnlyRootFilesystem = false),
    },
  ),
  eachPod(
    'every mount has its volume; scratch space is bounded and secrets are read-only and whole, so that they refresh',
    ({ spec, containers }) =>
      containers.every(({ volumeMounts = [] }) => volumeMounts.every((mount: Loose) => isSound(mount, spec))),
    {
      'no volume': ({ spec }) => spec.volumes.pop(),
      'space without end': ({ spec }) => delete spec.volumes[0].emptyDir.sizeLimit,
      'a part of a volume': ({ containers }) => (containers[0].volumeMounts[0].subPath = 'login'),
    },
  ),
  eachPod(
    'a pod has an account of its own without a token',
    ({ namespace, spec, labels }, world) =>
      spec.automountServiceAccountToken === false &&
      ofKind(world, 'ServiceAccount').some(
        ({ object: { metadata, automountServiceAccountToken } }) =>
          metadata.name === spec.serviceAccountName &&
          metadata.namespace === namespace &&
          automountServiceAccountToken === false &&
          metadata.name === labels['app.kubernetes.io/name'],
      ),
    {
      'a token': ({ spec }) => delete spec.automountServiceAccountToken,
      'the default account': ({ spec }) => (spec.serviceAccountName = 'default'),
      'an account with a token': (_pod, world) =>
        ofKind(world, 'ServiceAccount').forEach(({ object }) => delete object.automountServiceAccountToken),
    },
  ),
  eachContainer('what it runs is named by digest', ({ image }) => /@sha256:[0-9a-f]{64}$/.test(image), {
    'a tag': (container) => (container.image = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop:latest'),
  }),
  eachContainer(
    'nothing in its environment comes from a secret, and no name comes twice',
    ({ env = [], envFrom }) =>
      envFrom === undefined &&
      env.every(({ valueFrom }: Loose) => valueFrom === undefined) &&
      new Set(env.map(({ name }: Loose) => name)).size === env.length,
    {
      'one value': (container) =>
        container.env.push({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }),
      'a whole secret': (container) => (container.envFrom = [{ secretRef: { name: 'login' } }]),
      'one name twice': (container) => container.env.push(container.env[0]),
    },
  ),
  eachContainer(
    'CPU and memory are asked for, memory is limited, and no limit is below what is asked',
    ({ resources: { requests = {}, limits = {} } = {} }) =>
      [requests.cpu, requests.memory, limits.memory].every((quantity) => quantity !== undefined) &&
      Object.entries(limits).every(([name, limit]) => amount(String(limit)) >= amount(requests[name] ?? '0')),
    {
      'no request': (container) => delete container.resources.requests.cpu,
      'no limit': (container) => delete container.resources.limits.memory,
      'a limit below its request': (container) => (container.resources.limits.memory = '1Mi'),
    },
  ),
];

const isSound = ({ name, subPath, readOnly }: Loose, spec: Loose): boolean => {
  const volume = (spec.volumes ?? []).find((candidate: Loose) => candidate.name === name);
  if (!volume || subPath !== undefined) return false;
  return volume.emptyDir ? volume.emptyDir.sizeLimit !== undefined : readOnly === true;
};

const amount = (quantity: string): number => {
  const [, number = '', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity) ?? [];
  return Number(number) * ({ '': 1, m: 0.001, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 }[unit] ?? NaN);
};

/** Started, asked, spread and placed; of what is never done by itself, which a job is. */
const serving = ({ owner }: Pod): boolean => owner.kind === 'Deployment' || owner.kind === 'StatefulSet';
const eachServing = (
  name: string,
  holds: Parameters<typeof eachPod>[1],
  notices: Parameters<typeof eachPod>[2],
): Rule => eachPod(name, holds, notices, serving);

const kept: readonly Rule[] = [
  eachServing(
    'it is asked at start, for readiness and for life, on three paths of a declared port, none of which is a store',
    ({ containers, stack }, world) =>
      containers.every(({ ports, startupProbe, readinessProbe, livenessProbe }) => {
        const asked = [startupProbe, readinessProbe, livenessProbe].map((probe) => probe?.httpGet);
        const paths = asked.map((get) => get?.path);
        const known = ports.flatMap(({ name, containerPort }: Loose) => [name, containerPort]);
        return (
          paths.every(
            (path) => path !== undefined && !storesOf(world, stack).some((store) => path.split('/').includes(store)),
          ) &&
          new Set(paths).size === 3 &&
          asked.every(({ port }) => known.includes(port))
        );
      }),
    {
      'never asked at start': ({ containers }) => delete containers[0].startupProbe,
      'one path for two': ({ containers }) =>
        (containers[0].livenessProbe.httpGet.path = containers[0].readinessProbe.httpGet.path),
      'a store': ({ containers, stack }, world) =>
        (containers[0].readinessProbe.httpGet.path = `/readyz/${storesOf(world, stack)[0]}`),
      'a port that nothing listens on': ({ containers }) => (containers[0].readinessProbe.httpGet.port = 1),
    },
  ),
  eachServing(
    'no replica goes before another has come',
    ({ owner: { spec } }) =>
      isDeepStrictEqual(spec.strategy?.rollingUpdate?.maxUnavailable, 0) &&
      !['0', '0%', 0, undefined].includes(spec.strategy.rollingUpdate.maxSurge),
    {
      'one may go': ({ owner }) => (owner.spec.strategy.rollingUpdate.maxUnavailable = 1),
      'none may come': ({ owner }) => (owner.spec.strategy.rollingUpdate.maxSurge = 0),
      'all go at once': ({ owner }) => (owner.spec.strategy = { type: 'Recreate' }),
    },
  ),
  eachServing(
    'a rollout that fails does so before Terraform stops waiting, or state would not know of it',
    ({ owner, resource }) =>
      resource.wait_for_rollout === true &&
      ['create', 'update'].every(
        (step) => parseInt(resource.timeouts?.[step] ?? '0', 10) > owner.spec.progressDeadlineSeconds,
      ),
    {
      'nobody waits': ({ resource }) => (resource.wait_for_rollout = false),
      'nobody waits long enough': ({ resource }) => (resource.timeouts.update = '60s'),
    },
  ),
  eachServing(
    'replicas are spread over zones and over nodes, counted by their own selector',
    ({ owner, spec }) =>
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].every((topologyKey) =>
        (spec.topologySpreadConstraints ?? []).some(
          (spread: Loose) =>
            spread.topologyKey === topologyKey &&
            spread.maxSkew === 1 &&
            isDeepStrictEqual(spread.labelSelector, owner.spec.selector),
        ),
      ),
    {
      'not over zones': ({ spec }) => spec.topologySpreadConstraints.shift(),
      'others are counted': ({ spec }) =>
        (spec.topologySpreadConstraints[1].labelSelector = { matchLabels: { app: 'other' } }),
    },
  ),
  eachPod(
    "it runs on its tier's nodes and tolerates exactly their taint",
    ({ stack, spec }, world) => {
      const pools = nodeGroups(world, stack);
      return (
        pools.length > 0 &&
        pools.every(
          ({ labels, taint }) =>
            isDeepStrictEqual(spec.nodeSelector, labels) &&
            isDeepStrictEqual(
              spec.tolerations ?? [],
              (taint ?? []).map(({ key, value, effect }: Loose) => ({
                effect: EFFECTS[effect],
                key,
                operator: 'Equal',
                value,
              })),
            ),
        )
      );
    },
    {
      'another label on the nodes': ({ stack }, world) => (nodeGroups(world, stack)[0].labels = {}),
      'another taint on the nodes': ({ stack }, world) => (nodeGroups(world, stack)[0].taint[0].value = 'other'),
      'everything tolerated': ({ spec }) => (spec.tolerations = [{ operator: 'Exists' }]),
      'any node': ({ spec }) => delete spec.nodeSelector,
    },
  ),
  eachServing(
    'its selector finds its own pods and nobody else',
    ({ owner, labels, namespace, where }, world) =>
      matches(owner.spec.selector.matchLabels, labels) &&
      neighbours(world, where, namespace).every((other) => !matches(owner.spec.selector.matchLabels, other.labels)),
    {
      'not its own': ({ owner }) => (owner.spec.selector.matchLabels = { app: 'other' }),
      'others too': ({ owner }) => (owner.spec.selector.matchLabels = { 'app.kubernetes.io/managed-by': 'groundplan' }),
    },
  ),
];

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};
/** A tier's own nodes, or those that the platform keeps for tiers that have none. */
const nodeGroups = (world: World, stack: string): readonly Loose[] => {
  const own = Object.values(tierStackOf(world, stack)?.resource?.aws_eks_node_group ?? {});
  const shared = world.stacks[`${world.platform.facts.platform}-cluster`]?.resource?.aws_eks_node_group?.pools_shared;
  return own.length > 0 || !shared ? own : [shared];
};
const storesOf = ({ platform: { facts, products } }: World, stack: string): readonly string[] =>
  products
    .filter(({ site }) => stack.startsWith(`${facts.platform}-${site.product}-`))
    .flatMap(({ data }) => data.map(({ name }) => name));
const neighbours = ({ objects }: World, where: string, namespace: string) =>
  objects.flatMap(({ stack, object }) =>
    object.spec?.template &&
    object.metadata.namespace === namespace &&
    `${stack}: ${object.kind} ${object.metadata.name}` !== where
      ? [{ labels: object.spec.template.metadata.labels }]
      : [],
  );

export const POD_RULES: readonly Rule[] = [...restricted, ...hardened, ...kept];
