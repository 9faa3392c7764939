import { Loose, Pod, World, podsOf } from './kubernetes';

/** Something that holds for everything in the cluster, and changes that it must notice: a rule that cannot fail proves nothing. */
export interface Rule {
  readonly name: string;
  readonly problems: (world: World) => readonly string[];
  readonly notices: Readonly<Record<string, (world: World) => void>>;
}

type Notices<T> = Readonly<Record<string, (thing: T, world: World) => void>>;

/** A rule of every pod template; changes are made to the first that `has` it. */
export const eachPod = (
  name: string,
  holds: (pod: Pod, world: World) => boolean,
  notices: Notices<Pod>,
  has: (pod: Pod, world: World) => boolean = () => true,
): Rule => ({
  name,
  problems: (world) =>
    podsOf(world)
      .filter((pod) => has(pod, world) && !holds(pod, world))
      .map(({ where }) => where),
  notices: mapped(notices, (change) => (world) => change(found(podsOf(world).find((pod) => has(pod, world))), world)),
});

export const eachContainer = (
  name: string,
  holds: (container: Loose, pod: Pod, world: World) => boolean,
  notices: Notices<Loose>,
): Rule =>
  eachPod(
    name,
    (pod, world) => pod.containers.every((container) => holds(container, pod, world)),
    mapped(notices, (change) => (pod, world) => change(found(pod.containers[0]), world)),
  );

/** What a world is known to hold; a change that finds nothing to break would prove nothing. */
export const found = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error('there is nothing here to break');
  return thing;
};

const mapped = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
