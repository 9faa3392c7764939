import { Gap, gapsThat } from './gaps';

/** As much of `terraform show -json PLAN` as is looked at here: https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Values | null;
      readonly after: Values | null;
      readonly after_unknown: Values;
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}
type Values = Readonly<Record<string, unknown>>;

/** One thing that a plan would do. */
export interface Difference {
  readonly address: string;
  readonly type: string;
  readonly would: 'create' | 'update' | 'replace' | 'delete' | 'change an output';
  readonly attributes: readonly string[];
}

export interface Judged {
  /** Explained by the table: each gap with the addresses that show it. */
  readonly explained: ReadonlyMap<Gap, readonly string[]>;
  /** Attributes that showed a gap, as `type.attribute`. */
  readonly shown: ReadonlySet<string>;
  readonly unexplained: readonly Difference[];
}

export const differencesOf = ({ resource_changes: resources = [], output_changes: outputs = {} }: PlanJson) => {
  const changed = resources.flatMap(({ address, mode, type, change }): Difference[] => {
    if (mode !== 'managed' || change.actions.every((action) => action === 'no-op' || action === 'read')) return [];
    const would = verb(change.actions);
    return [{ address, type, would, attributes: would === 'create' || would === 'delete' ? [] : changedIn(change) }];
  });
  // A replaced resource makes outputs unknown for the time being: its own difference says enough.
  const unsure = changed.some(({ would }) => would === 'replace');
  const changedOutputs = Object.entries(outputs)
    .filter(([, { actions }]) => actions.some((action) => action !== 'no-op' && !(unsure && action === 'update')))
    .map(([name]): Difference => ({ address: `output.${name}`, type: '', would: 'change an output', attributes: [] }));
  return [...changed, ...changedOutputs];
};

const verb = (actions: readonly string[]): Difference['would'] => {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'delete';
  return actions.includes('create') ? 'create' : 'update';
};

interface Change {
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  readonly after_unknown: Values;
}

/** What a replacement makes unknown follows from the replacement; what an update makes unknown is a difference. */
const changedIn = ({ actions, before, after, after_unknown: unknown }: Change): readonly string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown)])]
    .filter((name) => {
      if (unknown[name] === true) return !actions.includes('delete');
      return !same(before?.[name], after?.[name], unknown[name]);
    })
    .sort();

/** Equal but for what is unknown. Terraform says "nothing" in several ways. */
const same = (before: unknown, after: unknown, unknown: unknown): boolean => {
  if (unknown === true) return true;
  if (isNothing(before) && isNothing(after)) return !holdsUnknown(unknown);
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return before === after;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].every((key) =>
    same((before as Values)[key], (after as Values)[key], (unknown as Values | undefined)?.[key]),
  );
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const holdsUnknown = (unknown: unknown): boolean => Array.isArray(unknown) && unknown.length > 0;

/** Which differences the table explains, to the attribute. */
export const judged = (differences: readonly Difference[], gaps: readonly Gap[]): Judged => {
  const rows = [...gapsThat(gaps, 'not kept'), ...gapsThat(gaps, 'not changed')];
  const explained = new Map<Gap, string[]>();
  const shown = new Set<string>();
  const unexplained = differences.flatMap((difference): Difference[] => {
    const known = rows.filter(({ type }) => type === difference.type);
    const rest = difference.attributes.filter((name) => !known.some(({ attributes }) => attributes.includes(name)));
    if (difference.attributes.length === 0 || rest.length > 0) return [{ ...difference, attributes: rest }];
    for (const gap of known) {
      const own = gap.attributes.filter((name) => difference.attributes.includes(name));
      if (own.length > 0) explained.set(gap, [...(explained.get(gap) ?? []), difference.address]);
      for (const name of own) shown.add(`${difference.type}.${name}`);
    }
    return [];
  });
  return { explained, shown, unexplained };
};

export const described = ({ address, would, attributes }: Difference): string =>
  `${address} would ${would}${attributes.length > 0 ? `: ${attributes.join(', ')}` : ''}`;
