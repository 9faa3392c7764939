import { isDeepStrictEqual } from 'node:util';
import { COLLECTOR } from '../../model/platform-namespaces';
import { Loose, Placed, World, matches, nameOf, ofKind, podsOf } from './kubernetes';
import { Rule, found } from './kubernetes-rule';

const sameSpace = (a: Placed, b: Placed): boolean => a.object.metadata.namespace === b.object.metadata.namespace;
const workloads = (world: World): readonly Placed[] => [
  ...ofKind(world, 'Deployment'),
  ...ofKind(world, 'StatefulSet'),
];
const first = (world: World, kind: string): Loose => found(ofKind(world, kind)[0]).object;
/** Objects of a list that fail, by name. */
const failing = (placed: readonly Placed[], holds: (candidate: Placed) => boolean): readonly string[] =>
  placed.filter((candidate) => !holds(candidate)).map(nameOf);

/** What scales, disrupts and finds workloads. */
const around: readonly Rule[] = [
  {
    name: 'every workload has one autoscaler that owns its replicas: they are neither set nor corrected',
    problems: (world) =>
      failing(workloads(world), (workload) => {
        const scalers = ofKind(world, 'HorizontalPodAutoscaler').filter(
          (scaler) => sameSpace(scaler, workload) && aims(scaler, workload),
        );
        // The event-driven autoscaler makes its own, from a release beside the workload.
        const { name, namespace } = workload.object.metadata;
        const driven = world.releases.filter(
          ({ values, ...release }) => values.triggers && values.name === name && release.namespace === namespace,
        );
        return (
          scalers.length + driven.length === 1 &&
          workload.object.spec.replicas === undefined &&
          (workload.resource.lifecycle?.ignore_changes ?? []).includes('spec[0].replicas')
        );
      }),
    notices: {
      'another target': (world) => (first(world, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'other'),
      'fixed replicas': (world) => (first(world, 'Deployment').spec.replicas = 3),
      'corrected replicas': (world) => delete found(ofKind(world, 'Deployment')[0]).resource.lifecycle,
    },
  },
  {
    name: 'every autoscaler has its workload, and room between its bounds',
    problems: (world) =>
      failing(
        ofKind(world, 'HorizontalPodAutoscaler'),
        (scaler) =>
          workloads(world).some((workload) => sameSpace(scaler, workload) && aims(scaler, workload)) &&
          scaler.object.spec.minReplicas >= 1 &&
          scaler.object.spec.minReplicas <= scaler.object.spec.maxReplicas,
      ),
    notices: {
      'bounds that cross': (world) => (first(world, 'HorizontalPodAutoscaler').spec.minReplicas = 1000),
      'no workload': (world) => (first(world, 'HorizontalPodAutoscaler').spec.scaleTargetRef.kind = 'StatefulSet'),
    },
  },
  {
    // By `maxUnavailable`, because changing `min_available` replaces the budget, and one equal to the replicas never lets a node go.
    name: 'every workload has one disruption budget, which always allows one disruption',
    problems: (world) =>
      failing(workloads(world), (workload) => {
        const budgets = ofKind(world, 'PodDisruptionBudget').filter(
          (budget) =>
            sameSpace(budget, workload) &&
            isDeepStrictEqual(budget.object.spec.selector, workload.object.spec.selector),
        );
        return (
          budgets.length === 1 &&
          budgets.every(({ object: { spec } }) => spec.maxUnavailable === 1 && spec.minAvailable === undefined)
        );
      }),
    notices: {
      'none may go': (world) => (first(world, 'PodDisruptionBudget').spec.maxUnavailable = 0),
      'other pods': (world) => (first(world, 'PodDisruptionBudget').spec.selector.matchLabels = { app: 'other' }),
    },
  },
  {
    name: 'every disruption budget has its pods',
    problems: (world) =>
      failing(
        ofKind(world, 'PodDisruptionBudget'),
        ({ object }) => selected(world, object.metadata.namespace, object.spec.selector.matchLabels).length > 0,
      ),
    notices: { 'no pods': (world) => (first(world, 'PodDisruptionBudget').metadata.namespace = 'other') },
  },
  {
    // The network add-on compares the Service's own port with a policy's, so the two must be one:
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
    name: 'every Service finds the pods of one workload, inside the cluster, on a port that they declare under the same number',
    problems: (world) =>
      failing(ofKind(world, 'Service'), ({ object: { metadata, spec } }) => {
        const pods =
          Object.keys(spec.selector ?? {}).length > 0 ? selected(world, metadata.namespace, spec.selector) : [];
        const declared = pods.flatMap(({ containers }) =>
          containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }: Loose) => containerPort)),
        );
        return (
          pods.length === 1 &&
          spec.type === 'ClusterIP' &&
          spec.ports.every(({ port, targetPort }: Loose) => declared.includes(targetPort) && port === targetPort)
        );
      }),
    notices: {
      'no pods': (world) => (first(world, 'Service').spec.selector = { app: 'other' }),
      'pods of everybody': (world) => (first(world, 'Service').spec.selector = {}),
      'a port that nothing listens on': (world) => (first(world, 'Service').spec.ports[0].targetPort = 1),
      'a port by another number': (world) => (first(world, 'Service').spec.ports[0].port = 80),
      'a port on every node': (world) => (first(world, 'Service').spec.type = 'NodePort'),
    },
  },
];

const aims = ({ object }: Placed, workload: Placed): boolean =>
  object.spec.scaleTargetRef.kind === workload.object.kind &&
  object.spec.scaleTargetRef.apiVersion === workload.object.apiVersion &&
  object.spec.scaleTargetRef.name === workload.object.metadata.name;
const selected = (world: World, namespace: string, selector: Readonly<Record<string, string>> | undefined) =>
  podsOf(world).filter((pod) => pod.namespace === namespace && matches(selector, pod.labels));

/** Where things are, what they are called, and which of them there may be. */
const placed: readonly Rule[] = [
  {
    name: "every namespace is made by its product's space, holds pods to Pod Security and gives them a readiness gate",
    problems: (world) => {
      const made = ofKind(world, 'Namespace').filter(
        ({ stack, object: { metadata } }) =>
          stack.endsWith('-space') && NAMESPACE_LABELS.every(([label, value]) => metadata.labels?.[label] === value),
      );
      const places = [
        ...world.objects
          .filter(({ object }) => object.kind !== 'Namespace')
          .map(({ stack, object }) => [stack, object.metadata.namespace]),
        ...world.releases.map(({ stack, namespace }) => [stack, namespace]),
      ];
      return [
        ...failing(ofKind(world, 'Namespace'), (namespace) => made.includes(namespace)),
        ...places
          .filter(
            ([stack = '', namespace]) =>
              !made.some(
                (one) => one.object.metadata.name === namespace && stack.startsWith(one.stack.replace(/space$/, '')),
              ),
          )
          .map((place) => place.join(': ')),
      ];
    },
    notices: {
      'pods of any kind': (world) =>
        (first(world, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
      'no gate': (world) => delete first(world, 'Namespace').metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject'],
      "another product's": (world) => (first(world, 'Service').metadata.namespace = 'kube-system'),
    },
  },
  {
    // An object without a namespace is one of the cluster, or lands in `default`.
    name: 'a stack of services holds nothing of the cluster as a whole, and no secret',
    problems: (world) =>
      failing(
        world.objects,
        ({ stack, object }) =>
          !stack.endsWith('-services') ||
          (object.metadata.namespace !== undefined && ![...CLUSTER_WIDE, 'Secret'].includes(object.kind)),
      ),
    notices: {
      'a right of the whole cluster': (world) => (first(world, 'ServiceAccount').kind = 'ClusterRole'),
      'an object without a namespace': (world) => delete first(world, 'Service').metadata.namespace,
      'a secret': (world) => (first(world, 'ServiceAccount').kind = 'Secret'),
    },
  },
  {
    name: 'no two objects and no two releases share a name, nor two releases what they make',
    problems: (world) => {
      const names = [
        ...world.objects.map(
          ({ object: { kind, metadata } }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
        ),
        ...world.releases.flatMap(({ name, namespace, values }) => [
          `release ${namespace}/${name}`,
          `${Object.keys(values).sort().join()} ${namespace}/${values.name}`,
        ]),
      ];
      return names.filter((name, index) => names.indexOf(name) !== index);
    },
    notices: {
      'one release again': ({ releases }) =>
        Object.assign(found(releases[1]), { name: found(releases[0]).name, namespace: found(releases[0]).namespace }),
      'one object again': ({ objects }) => Object.assign(found(objects[1]), { object: found(objects[0]).object }),
    },
  },
  {
    name: 'every name and label is as long as Kubernetes and Helm take it',
    problems: (world) => [
      ...failing(
        world.objects,
        ({ object: { kind, metadata } }) =>
          (LABELS.includes(kind) ? LABEL : NAME).test(metadata.name) &&
          Object.values(metadata.labels ?? {}).every((value) => LABEL_VALUE.test(String(value))),
      ),
      ...podsOf(world)
        .filter(
          ({ spec, labels }) =>
            ![...spec.volumes, ...spec.containers].every(({ name }) => LABEL.test(name)) ||
            !Object.values(labels).every((value) => LABEL_VALUE.test(value)),
        )
        .map(({ where }) => where),
      ...world.releases
        .filter(({ name, values }) => name.length > 53 || !LABEL.test(name) || !NAME.test(values.name))
        .map(({ stack, name }) => `${stack}: release ${name}`),
    ],
    notices: {
      'a long Service': (world) => (first(world, 'Service').metadata.name = 'a'.repeat(64)),
      'a long volume': (world) => (first(world, 'Deployment').spec.template.spec.volumes[0].name = 'a'.repeat(64)),
      'a long release': ({ releases }) => Object.assign(found(releases[0]), { name: 'a'.repeat(54) }),
    },
  },
];

const CLUSTER_WIDE = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'PriorityClass',
  'StorageClass',
  'PersistentVolume',
  'CustomResourceDefinition',
];

const NAMESPACE_LABELS = [
  ...['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted'] as const),
  ['elbv2.k8s.aws/pod-readiness-gate-inject', 'enabled'] as const,
];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABEL_VALUE = /^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
/** Kinds whose name becomes a label or a host name. */
const LABELS = ['Namespace', 'Service', 'Deployment', 'StatefulSet'];

/** Namespaces are closed, and policies open no more than they mean to. */
const closed: readonly Rule[] = [
  {
    name: 'every namespace is closed in both directions for every pod',
    problems: (world) =>
      failing(ofKind(world, 'Namespace'), ({ object }) =>
        (['Ingress', 'Egress'] as const).every((direction) =>
          policies(world).some(
            ({ object: { metadata, spec } }) =>
              metadata.namespace === object.metadata.name &&
              isDeepStrictEqual(spec.podSelector, {}) &&
              spec.policyTypes.includes(direction) &&
              spec[direction.toLowerCase()] === undefined,
          ),
        ),
      ),
    notices: {
      'open inwards': (world) => (closing(world).spec.policyTypes = ['Egress']),
      'open outwards': (world) => (closing(world).spec.egress = [{}]),
      'closed for some': (world) => (closing(world).spec.podSelector = { matchLabels: { app: 'some' } }),
    },
  },
  {
    name: 'every policy selects pods that exist; all pods of a namespace only where the space says so',
    problems: (world) =>
      failing(policies(world), ({ stack, object: { metadata, spec } }) =>
        Object.keys(spec.podSelector).length === 0
          ? stack.endsWith('-space')
          : selected(world, metadata.namespace, spec.podSelector.matchLabels).length === 1,
      ),
    notices: {
      'no pods': (world) => (opening(world).spec.podSelector.matchLabels = { app: 'other' }),
      'all pods': (world) => (opening(world).spec.podSelector = {}),
      'another namespace': (world) => (opening(world).metadata.namespace = 'other'),
    },
  },
  {
    // To the API an empty list of peers or ports is all of them.
    name: 'every opening names its direction, its peers, which exist, and its ports, and is made once',
    problems: (world) =>
      failing(policies(world), ({ object: { spec } }) => {
        const rules = DIRECTIONS.flatMap(([direction, list, peers]) =>
          (spec[list] ?? []).map((rule: Loose) => ({
            rule,
            peers: rule[peers] ?? [],
            named: spec.policyTypes.includes(direction),
          })),
        );
        return (
          rules.every(
            ({ rule, peers, named }) =>
              named &&
              peers.length > 0 &&
              rule.ports?.length > 0 &&
              rule.ports.every(({ port, protocol }: Loose) => typeof port === 'number' && protocol !== undefined) &&
              peers.every((peer: Loose) => isKnownPeer(world, peer)),
          ) && new Set(rules.map(({ rule }) => JSON.stringify(rule))).size === rules.length
        );
      }),
    notices: {
      everybody: (world) => delete rule(world).to,
      'every port': (world) => delete rule(world).ports,
      'a direction that is not meant': (world) => (opening(world).spec.policyTypes = ['Ingress']),
      'the whole world': (world) => (rule(world).to = [{ ipBlock: { cidr: '0.0.0.0/0' } }]),
      'pods that do not exist': (world) =>
        (rule(world).to = [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } }, podSelector: {} },
        ]),
      'one opening twice': (world) => opening(world).spec.egress.push(rule(world)),
    },
  },
];

const DIRECTIONS = [
  ['Ingress', 'ingress', 'from'],
  ['Egress', 'egress', 'to'],
] as const;
const policies = (world: World): readonly Placed[] => ofKind(world, 'NetworkPolicy');
const closing = (world: World): Loose =>
  found(policies(world).find(({ object: { spec } }) => spec.policyTypes.length === 2)).object;
const opening = (world: World): Loose =>
  found(policies(world).find(({ stack, object: { spec } }) => stack.endsWith('-services') && spec.egress)).object;
const rule = (world: World): Loose => opening(world).spec.egress[0];

/** Pods of ours, or the cluster's own names; addresses, and of the whole world at most what is not our network. */
const isKnownPeer = (world: World, { ipBlock, namespaceSelector, podSelector }: Loose): boolean => {
  if (ipBlock) return ipBlock.cidr !== '0.0.0.0/0' || isDeepStrictEqual(ipBlock.except, [world.platform.facts.cidr]);
  const namespace = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'];
  if (namespace === 'kube-system') return isDeepStrictEqual(podSelector, { matchLabels: { 'k8s-app': 'kube-dns' } });
  if (namespace === COLLECTOR.namespace) return isDeepStrictEqual(podSelector, { matchLabels: COLLECTOR.labels });
  return (
    Object.keys(podSelector?.matchLabels ?? {}).length > 0 &&
    selected(world, namespace, podSelector.matchLabels).length === 1
  );
};

export const WIRING_RULES: readonly Rule[] = [...around, ...placed, ...closed];
