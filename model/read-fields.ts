import { AnyField, FieldTable, PlatformClass, Values } from './fields';
import { HeldFields, departsFrom, heldOf } from './held-fields';
import { fieldsOf, isTokenMap } from './plain';
import { Report, refusal } from './problems';
import { didYouMean, listed, nearest, shown } from './words';

/** Where a resolved value came from, for people who ask. */
export type Origin =
  | { readonly from: 'declared' | 'override' }
  /** Left out, and what it is on this platform already: a new default moves nothing that can only rise. */
  | { readonly from: 'held' }
  | { readonly from: 'default'; readonly because: string }
  | { readonly from: 'nothing'; readonly because: string };

export interface ReadFields<T extends FieldTable> {
  /** What could be read; a field with a problem is missing, and rules that need it stay silent. */
  readonly values: Partial<Values<T>>;
  readonly origins: Readonly<Record<string, Origin>>;
  /** Names that an unknown one probably stands for: what is missing of these was said already. */
  readonly meant: ReadonlySet<string>;
}

/** Where problems of the declaration and of this platform's override of it are reported. */
export interface Places {
  readonly report: Report;
  readonly overrideReport: Report;
}

/** A problem of several fields belongs to the override, if one of them was written there: without it there is none. */
export const placeOf = (
  { report, overrideReport }: Places,
  { origins }: Pick<ReadFields<FieldTable>, 'origins'>,
  ...names: readonly string[]
): Report => (names.some((name) => origins[name]?.from === 'override') ? overrideReport : report);

/**
 * The untyped door: reads `raw` against the table, lays the platform's override over it field by field, fills what was
 * left out. `also` names the keys that somebody else reads at this place; `held` is what the ledger remembers of it.
 */
export const readFields = <T extends FieldTable>(
  table: T,
  raw: unknown,
  options: {
    readonly override?: unknown;
    readonly platformClass: PlatformClass;
    readonly report: Report;
    readonly overrideReport?: Report;
    readonly also?: readonly string[];
    readonly held?: HeldFields | undefined;
  },
): ReadFields<T> => {
  const { platformClass, report, also = [], overrideReport = report, held } = options;
  const declared = recordAt(raw, report);
  if (!declared) return { values: {}, origins: {}, meant: new Set() };
  const override = options.override === undefined ? {} : (recordAt(options.override, overrideReport) ?? {});
  const meant = refuseUnknown(declared, [...Object.keys(table), ...also], report);
  refuseUnknown(override, [...Object.keys(table), ...also], overrideReport);

  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [name, row] of Object.entries(table)) {
    if (row.everywhere && override[name] !== undefined) {
      overrideReport.at(name).add({
        seen: shown(override[name]),
        allowed: 'may not differ between platforms',
        change: 'change it in the product itself',
      });
    }
    const overridden = !row.everywhere && override[name] !== undefined;
    if (overridden && declared[name] !== undefined) {
      // What is laid over it does not make it right.
      const hidden = row.read(declared[name]);
      if (!('value' in hidden)) report.at(name).add(hidden);
    }
    const written = overridden ? override[name] : declared[name];
    const remembered = heldOf(name, row, held);
    const filled: Filled | 'missing' =
      written === undefined && remembered !== undefined
        ? { raw: remembered, origin: { from: 'held' } }
        : fill(row, written, platformClass);
    if (filled === 'missing') {
      if (!meant.has(name)) report.at(name).add({ seen: 'nothing', allowed: row.allowed, change: `add ${name}` });
      continue;
    }
    const outcome = filled.raw === undefined ? { value: undefined } : row.read(filled.raw);
    const place = (overridden ? overrideReport : report).at(name);
    if (!('value' in outcome)) {
      place.add(outcome);
      continue;
    }
    const departure =
      held && written !== undefined && remembered !== undefined
        ? departsFrom(row, remembered, outcome.value, held)
        : undefined;
    if (departure) place.add(departure);
    else {
      values[name] = outcome.value;
      origins[name] = written === undefined ? filled.origin : { from: overridden ? 'override' : 'declared' };
    }
  }
  return { values: values as Partial<Values<T>>, origins, meant };
};

interface Filled {
  readonly raw: unknown;
  readonly origin: Origin;
}

const fill = (row: AnyField, written: unknown, platformClass: PlatformClass): Filled | 'missing' => {
  if (written !== undefined) return { raw: written, origin: { from: 'declared' } };
  switch (row.filled.by) {
    case 'author':
      return 'missing';
    case 'default':
      return { raw: row.filled.values[platformClass], origin: { from: 'default', because: row.filled.because } };
    case 'nothing':
      return { raw: undefined, origin: { from: 'nothing', because: row.filled.then } };
  }
};

/** The fields of a plain object, or a problem: class instances, arrays and functions are no declarations. */
export const recordAt = (
  raw: unknown,
  report: Report,
  example = '{ … }',
): Readonly<Record<string, unknown>> | undefined => {
  const fields = fieldsOf(raw);
  if (fields && !isTokenMap(raw)) return fields;
  report.add(refusal(raw, 'must be an object', raw === undefined ? 'add it' : `write ${example}`));
  return undefined;
};

/** Refuses what is none of the known names, and says which of them were probably meant. */
export const refuseUnknown = (
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
  report: Report,
  is = 'a field here',
): ReadonlySet<string> => {
  const strangers = Object.keys(fields).filter((name) => !known.includes(name));
  for (const name of strangers)
    report.at(name).add({
      seen: shown(name),
      allowed: `is not ${is} (${listed(known)})`,
      change: didYouMean(name, known, 'remove it'),
    });
  return new Set(strangers.flatMap((name) => nearest(name, known) ?? []));
};
