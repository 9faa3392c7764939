import { Difference, described } from './differences';
import { Gap } from './gaps';
import { inOrder } from './order';
import { stateOf } from './place';
import { AT_ONCE, Made, Rollout, isToPlan, verdictOn, walk } from './rollout';
import { resourcesIn } from './states';

export interface SecondPlan {
  readonly unexplained: readonly (Difference & { readonly stack: string })[];
  /** Every gap that shows, with the addresses it shows at. */
  readonly explained: ReadonlyMap<Gap, readonly string[]>;
  /** What rows of the table say and nothing shows. */
  readonly unneeded: readonly string[];
}

/** Plans a second time whatever was made and not planned since, and explains what it sees by the table. */
export const planAgain = async (rollout: Rollout, made: readonly Made[]): Promise<SecondPlan> => {
  const real = made.filter(({ checkedOnly }) => !checkedOnly).map((one) => ({ ...one, name: one.stack, needs: [] }));
  const verdicts = new Map(real.flatMap(({ stack, verdict }) => (verdict ? [[stack, verdict] as const] : [])));
  const rest = real.filter(isToPlan);
  if (rest.length > 0)
    await walk(rollout, rest.length, (terraform, progress) =>
      inOrder(rest, AT_ONCE, async (one) => {
        progress.begin(one.stack);
        verdicts.set(one.stack, await verdictOn(rollout, terraform, one));
        progress.end(one.stack);
      }),
    );

  const explained = new Map<Gap, readonly string[]>();
  for (const { stack } of real)
    for (const [gap, addresses] of verdicts.get(stack)?.explained ?? [])
      explained.set(gap, [...(explained.get(gap) ?? []), ...addresses.map((address) => `${stack}: ${address}`)]);
  return {
    unexplained: [...verdicts].flatMap(([stack, { unexplained }]) => unexplained.map((one) => ({ ...one, stack }))),
    explained,
    unneeded: unneededRows(rollout, made, new Set([...verdicts.values()].flatMap(({ shown }) => [...shown]))),
  };
};

/** Rows that explain nothing any more: not among what was made, or served by the emulator by now. */
const unneededRows = ({ staging }: Rollout, made: readonly Made[], shown: ReadonlySet<string>): readonly string[] => {
  const types = new Set(staging.app.stacks.flatMap(({ json }) => Object.keys(json.resource ?? {})));
  const states = made.flatMap(({ stack }) => resourcesIn(stateOf(staging.place, stack)));
  const assigned = (type: string, attribute: string): boolean =>
    states.some((resource) => resource.type === type && !isEmpty(resource.values[attribute]));
  return staging.gaps.flatMap((gap) => {
    if (!types.has(gap.type)) return [`${gap.type} (${gap.is}): no stack has any`];
    if (gap.is === 'not kept')
      return gap.attributes
        .filter((attribute) => !shown.has(`${gap.type}.${attribute}`))
        .map((attribute) => `${gap.type}.${attribute} (${gap.is}): no plan shows it`);
    if (gap.is === 'not assigned' && assigned(gap.type, gap.attribute))
      return [`${gap.type}.${gap.attribute} (${gap.is}): the emulator assigns it`];
    return [];
  });
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Each thing that a second plan would do and no row explains, in a line of its own. */
export const failures = ({ unexplained }: SecondPlan): readonly string[] =>
  unexplained.map((difference) => `${difference.stack}: ${described(difference)}`);
