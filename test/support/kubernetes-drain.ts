import { Loose, Pod, World, tierStackOf } from './kubernetes';
import { Rule, eachPod, found } from './kubernetes-rule';

/**
 * Numbers of four places that are only right beside each other: the pod, its target group, the load balancer and the
 * contract that every service signs (aws-load-balancer-controller#1719, #2106).
 */
interface Stop {
  readonly container: Loose;
  readonly owner: Loose;
  readonly pauseSeconds: number;
  readonly graceSeconds: number;
}
interface StopAtDoor extends Stop {
  readonly group: Loose;
  readonly balancer: Loose;
}

/** Every service finishes within this after SIGTERM. */
const APPLICATION_SECONDS = 30;

const stopOf = ({ spec, owner, containers: [container] }: Pod): Stop => ({
  container,
  owner,
  pauseSeconds: Number(/^sleep (\d+)$/.exec(container.lifecycle?.preStop?.exec?.command?.join(' ') ?? '')?.[1] ?? 0),
  graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
});

/** The group that a pod's own binding registers it in: followed from the chart's values through the tier's outputs. */
export const targetGroupOf = (world: World, { stack, owner }: Pod): Loose | undefined => {
  const binding = world.releases.find(
    (release) =>
      release.stack === stack &&
      release.values.targetGroupArn !== undefined &&
      release.values.name === owner.metadata.name,
  );
  const output = /outputs\.([\w-]+)\}$/.exec(
    binding === undefined ? '' : JSON.parse(binding.written).targetGroupArn,
  )?.[1];
  const tier = tierStackOf(world, stack);
  const group = /^\$\{aws_lb_target_group\.([\w-]+)\.arn\}$/.exec(String(tier?.output?.[output ?? '']?.value))?.[1];
  return tier?.resource?.aws_lb_target_group?.[group ?? ''];
};

const balancerOf = ({ stacks }: World, { stack }: Pod): Loose =>
  Object.entries(stacks)
    .filter(([name]) => name.endsWith('-gateway') && stack.startsWith(name.replace(/gateway$/, '')))
    .flatMap(([, json]) => Object.values(json.resource?.aws_lb ?? {}))[0];

const stops = (
  name: string,
  holds: (stop: Stop) => boolean,
  notices: Readonly<Record<string, (pod: Pod) => void>>,
): Rule => eachPod(name, (pod) => holds(stopOf(pod)), notices);

const stopsAtDoor = (
  name: string,
  holds: (stop: StopAtDoor) => boolean,
  notices: Readonly<Record<string, (stop: StopAtDoor) => void>>,
): Rule => {
  const atDoor = (pod: Pod, world: World): StopAtDoor => ({
    ...stopOf(pod),
    group: found(targetGroupOf(world, pod)),
    balancer: found(balancerOf(world, pod)),
  });
  return eachPod(
    name,
    (pod, world) => holds(atDoor(pod, world)),
    Object.fromEntries(
      Object.entries(notices).map(([what, change]) => [what, (pod: Pod, world: World) => change(atDoor(pod, world))]),
    ),
    (pod, world) => targetGroupOf(world, pod) !== undefined,
  );
};

const pauseFor = (container: Loose, seconds: number): void => {
  container.lifecycle.preStop.exec.command = ['sleep', String(seconds)];
};

export const DRAIN_RULES: readonly Rule[] = [
  stops(
    'grace covers the pause, the time that an application has to finish, and some more',
    ({ pauseSeconds, graceSeconds }) => graceSeconds >= pauseSeconds + APPLICATION_SECONDS + 5,
    {
      'less grace': ({ spec }) => (spec.terminationGracePeriodSeconds = 34),
      'the usual grace': ({ spec }) => delete spec.terminationGracePeriodSeconds,
    },
  ),
  eachPod(
    'whoever is sent requests pauses before it is stopped',
    (pod) => stopOf(pod).pauseSeconds > 0,
    { 'no pause': ({ containers }) => delete containers[0].lifecycle },
    ({ owner }, { objects }) =>
      objects.some(
        ({ object: { kind, metadata } }) =>
          kind === 'Service' &&
          metadata.name === owner.metadata.name &&
          metadata.namespace === owner.metadata.namespace,
      ),
  ),
  stopsAtDoor(
    'the pause outlasts the health check that notices',
    ({ pauseSeconds, group: { health_check } }) =>
      pauseSeconds >= Math.max(15, health_check.interval * health_check.unhealthy_threshold),
    {
      'a shorter pause': ({ container }) => pauseFor(container, 25),
      'a slower check': ({ group }) => (group.health_check.interval = 15),
    },
  ),
  stopsAtDoor(
    'the pause outlasts deregistration',
    ({ pauseSeconds, group }) => pauseSeconds > Number(group.deregistration_delay),
    {
      'as long': ({ container, group }) => pauseFor(container, Number(group.deregistration_delay)),
      "the load balancer's own delay": ({ group }) => (group.deregistration_delay = '300'),
    },
  ),
  stopsAtDoor(
    'deregistration leaves requests the time to finish, and ends before the pod does',
    ({ graceSeconds, group }) =>
      Number(group.deregistration_delay) >= APPLICATION_SECONDS && Number(group.deregistration_delay) <= graceSeconds,
    {
      'too short': ({ group }) => (group.deregistration_delay = '10'),
      'too long': ({ group }) => (group.deregistration_delay = '71'),
    },
  ),
  stopsAtDoor(
    'the application keeps connections for longer than the load balancer does',
    ({ container, balancer }) =>
      Number(container.env.find(({ name }: Loose) => name === 'KEEP_ALIVE_SECONDS')?.value) > balancer.idle_timeout,
    {
      'as long': ({ balancer }) => (balancer.idle_timeout = 65),
      unsaid: ({ container }) => (container.env = []),
    },
  ),
  stopsAtDoor(
    'a new replica counts only when the load balancer could have asked it',
    ({ owner, group }) => owner.spec.minReadySeconds >= group.health_check.interval,
    {
      'at once': ({ owner }) => delete owner.spec.minReadySeconds,
    },
  ),
  stopsAtDoor(
    'the load balancer sends to pods themselves, and asks what decides their readiness',
    ({ container, group: { target_type, health_check } }) =>
      target_type === 'ip' &&
      health_check.port === 'traffic-port' &&
      health_check.path === container.readinessProbe.httpGet.path &&
      health_check.timeout < health_check.interval,
    {
      'to nodes': ({ group }) => (group.target_type = 'instance'),
      'another path': ({ group }) => (group.health_check.path = '/'),
      'no time between answers': ({ group }) => (group.health_check.timeout = 10),
    },
  ),
];
