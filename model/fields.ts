import { Complaint, Report } from './problems';
import { Duration, DurationText, Size, SizeText, duration, parseDuration, parseSize, size } from './units';
import { didYouMean, listed, shown } from './words';

/**
 * What a declaration may say, as rows. A field knows its type, its documented default, what a change of it does to
 * what is already deployed, and how safe its values are. The compiler's door (`Declared`), the untyped door
 * (`readFields`), the golden path and the docs are all views of the same rows.
 */
export interface Field<Input, Value, Presence extends Filled = Filled> {
  readonly doc: string;
  /** What is allowed, as the second part of a problem's sentence: `must be …`. */
  readonly allowed: string;
  /** The value, or the complaint; never both. */
  readonly read: (raw: unknown) => { readonly value: Value } | Complaint;
  readonly filled: Presence;
  readonly change: Change;
  /** Set where two platforms may never differ: an override of it is refused. */
  readonly everywhere: boolean;
  /** Higher is safer; absent where no value is safer than another. Below the production default needs an exception. */
  readonly safety?: (value: Value) => number;
  /** Only the compiler looks at it: what an author may write. */
  readonly input?: Input;
}

/** What changing the field does to what is deployed. */
export type Change = 'in place' | 'rolling' | 'interrupts' | 'replaces' | 'nothing deployed';

export const PLATFORM_CLASSES = ['development', 'staging', 'production'] as const;
export type PlatformClass = (typeof PLATFORM_CLASSES)[number];

/** How a field that the author left out is filled. */
export type Filled = Required | Default | Absent;
interface Required {
  readonly by: 'author';
}
interface Default {
  readonly by: 'default';
  readonly values: Readonly<Record<PlatformClass, unknown>>;
  readonly because: string;
}
interface Absent {
  readonly by: 'nothing';
  /** What happens without it. */
  readonly then: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table holds fields of every type
type AnyField = Field<any, any>;
export type FieldTable = Readonly<Record<string, AnyField>>;

type InputOf<F> = F extends Field<infer I, infer _V, infer _P> ? I : never;
type ValueOf<F> = F extends Field<infer _I, infer V, infer P> ? (P extends Absent ? V | undefined : V) : never;
type RequiredNames<T extends FieldTable> = { [K in keyof T]: T[K]['filled'] extends Required ? K : never }[keyof T];

/** The declaration's side of a table: required where no default can be given. */
export type Declared<T extends FieldTable> = { readonly [K in RequiredNames<T>]: InputOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredNames<T>>]?: InputOf<T[K]>;
};
/** The resolved side: every field filled in. */
export type Values<T extends FieldTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

interface Common<Presence extends Filled> {
  readonly doc: string;
  readonly change: Change;
  readonly filled: Presence;
  readonly everywhere?: boolean;
}

export const required = { by: 'author' } as const satisfies Required;
export const absent = (then: string): Absent => ({ by: 'nothing', then });

/** One default for every class of platform, with its reason. */
export const always = <V>(value: V, because: string): Default => ({
  by: 'default',
  values: { development: value, staging: value, production: value },
  because,
});
/** A default by class of platform, with its reason. */
export const byClass = <V>(values: Readonly<Record<PlatformClass, V>>, because: string): Default => ({ by: 'default', values, because });

/** Ranked choices run from the least to the most safe. */
export const oneOf = <const V extends string | number, P extends Filled>(choices: readonly V[], options: Common<P> & { readonly ranked?: boolean }): Field<V, V, P> => {
  const words = choices.map(String);
  return field(options, `must be one of ${listed(words)}`, (raw) => choices.find((choice) => choice === raw), {
    change: (raw) => didYouMean(String(raw), words, `write one of ${listed(words)}`),
    safety: options.ranked ? (value) => choices.indexOf(value) : undefined,
  });
};

export const count = <P extends Filled>(options: Common<P> & Bounds<number> & { readonly moreIsSafer?: boolean }): Field<number, number, P> =>
  field(options, `must be a whole number from ${options.least} to ${options.most}`, (raw) =>
    typeof raw === 'number' && Number.isInteger(raw) && raw >= options.least && raw <= options.most ? raw : undefined, {
    change: (raw) => intoRange(options.least, options.most, typeof raw === 'number' && Number.isInteger(raw) ? raw : undefined),
    safety: options.moreIsSafer ? (value) => value : undefined,
  });

export const sizeOf = <P extends Filled>(options: Common<P> & Bounds<SizeText>): Field<SizeText, Size, P> => {
  const [least, most] = [size(options.least), size(options.most)];
  return field(options, `must be a size from '${options.least}' to '${options.most}'`, (raw) => {
    const parsed = parseSize(raw);
    return parsed && parsed.mib >= least.mib && parsed.mib <= most.mib ? parsed : undefined;
  }, { change: (raw) => intoRange(`'${options.least}'`, `'${options.most}'`, parseSize(raw)?.mib, least.mib, most.mib) });
};

export const durationOf = <P extends Filled>(options: Common<P> & Bounds<DurationText> & { readonly moreIsSafer?: boolean }): Field<DurationText, Duration, P> => {
  const [least, most] = [duration(options.least), duration(options.most)];
  return field(options, `must be a duration from '${options.least}' to '${options.most}'`, (raw) => {
    const parsed = parseDuration(raw);
    return parsed && parsed.seconds >= least.seconds && parsed.seconds <= most.seconds ? parsed : undefined;
  }, {
    change: (raw) => intoRange(`'${options.least}'`, `'${options.most}'`, parseDuration(raw)?.seconds, least.seconds, most.seconds),
    safety: options.moreIsSafer ? (value) => value.seconds : undefined,
  });
};

export const flag = <P extends Filled>(options: Common<P> & { readonly safer?: boolean }): Field<boolean, boolean, P> =>
  field(options, 'must be true or false', (raw) => (typeof raw === 'boolean' ? raw : undefined), {
    change: () => 'write true or false',
    safety: options.safer === undefined ? undefined : (value) => (value === options.safer ? 1 : 0),
  });

export const text = <P extends Filled>(options: Common<P> & { readonly pattern: RegExp; readonly allowed: string; readonly example: string }): Field<string, string, P> =>
  field(options, options.allowed, (raw) => (typeof raw === 'string' && options.pattern.test(raw) ? raw : undefined), {
    change: () => `write it like '${options.example}'`,
  });

/** A list without order or repetition; its resolved form is sorted, so that the order of writing changes nothing. */
export const setOf = <P extends Filled>(
  options: Common<P> & { readonly pattern: RegExp; readonly allowed: string; readonly example: string; readonly least?: number; readonly most?: number },
): Field<readonly string[], readonly string[], P> =>
  field<readonly string[], readonly string[], P>(options, options.allowed, (raw) => {
    if (!Array.isArray(raw) || raw.length < (options.least ?? 0) || raw.length > (options.most ?? Infinity)) return undefined;
    const words: unknown[] = raw;
    const valid = words.filter((word): word is string => typeof word === 'string' && options.pattern.test(word));
    return valid.length === raw.length && new Set(valid).size === raw.length ? [...valid].sort() : undefined;
  }, { change: () => `write it like ${options.example}` });

export interface Span {
  readonly min: number;
  readonly max: number;
}
/** A lower and an upper bound that are one decision: neither means anything without the other. */
export const span = <P extends Filled>(options: Common<P> & Bounds<number> & { readonly moreIsSafer?: boolean }): Field<Span, Span, P> =>
  field(options, `must be { min, max } with ${options.least} <= min <= max <= ${options.most}`, (raw) => {
    if (typeof raw !== 'object' || raw === null || Object.keys(raw).some((key) => key !== 'min' && key !== 'max')) return undefined;
    const { min, max } = raw as Partial<Record<'min' | 'max', unknown>>;
    const whole = Number.isInteger(min) && Number.isInteger(max) && typeof min === 'number' && typeof max === 'number';
    return whole && options.least <= min && min <= max && max <= options.most ? { min, max } : undefined;
  }, { change: () => `write it like { min: ${Math.max(options.least, 2)}, max: ${Math.max(options.least, 2) * 4} }`, safety: options.moreIsSafer ? (value) => value.min : undefined });

interface Bounds<V> {
  readonly least: V;
  readonly most: V;
}

const field = <I, V, P extends Filled>(
  { doc, change, filled, everywhere = false }: Common<P>,
  allowed: string,
  parse: (raw: unknown) => V | undefined,
  extra: { readonly change: (raw: unknown) => string; readonly safety?: ((value: V) => number) | undefined },
): Field<I, V, P> => ({
  doc,
  change,
  filled,
  everywhere,
  allowed,
  read: (raw) => {
    if (isToken(raw)) return { seen: shown(raw), allowed: 'is a token of the framework, and a declaration is plain data', change: 'write the value itself' };
    const value = parse(raw);
    return value === undefined ? { seen: shown(raw), allowed, change: extra.change(raw) } : { value };
  },
  ...(extra.safety && { safety: extra.safety }),
});

/** CDKTF marks what it will only know later: `${…}` in texts, numbers below any that a person would write. */
export const isToken = (raw: unknown): boolean =>
  (typeof raw === 'string' && raw.includes('${')) || (typeof raw === 'number' && raw < -1e300) || (Array.isArray(raw) && raw.some(isToken));

const intoRange = (least: string | number, most: string | number, measured: number | undefined, low = Number(least), high = Number(most)): string => {
  if (measured === undefined) return `write it like ${least}`;
  if (measured < low) return `raise it to at least ${least}`;
  return measured > high ? `lower it to at most ${most}` : `write it like ${least}`;
};

/** Where a resolved value came from, for people who ask. */
export type Origin =
  | { readonly from: 'declared' | 'override' }
  | { readonly from: 'default'; readonly because: string }
  | { readonly from: 'nothing'; readonly because: string };

export interface ReadFields<T extends FieldTable> {
  /** What could be read; a field with a problem is missing, and rules that need it stay silent. */
  readonly values: Partial<Values<T>>;
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * The untyped door: reads `raw` against the table, lays the platform's override over it field by field, fills what was
 * left out. `also` names the keys that somebody else reads at this place.
 */
export const readFields = <T extends FieldTable>(
  table: T,
  raw: unknown,
  options: { readonly override?: unknown; readonly platformClass: PlatformClass; readonly report: Report; readonly overrideReport?: Report; readonly also?: readonly string[] },
): ReadFields<T> => {
  const { platformClass, report, also = [], overrideReport = report } = options;
  const declared = recordAt(raw, report) ?? {};
  const override = options.override === undefined ? {} : (recordAt(options.override, overrideReport) ?? {});
  refuseUnknown(declared, [...Object.keys(table), ...also], report);
  refuseUnknown(override, [...Object.keys(table), ...also], overrideReport);

  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [name, row] of Object.entries(table)) {
    const overridden = override[name] !== undefined;
    const place = overridden ? overrideReport.at(name) : report.at(name);
    if (overridden && row.everywhere) {
      place.add({ seen: shown(override[name]), allowed: 'may not differ between platforms', change: 'change it in the product itself' });
      continue;
    }
    const written = overridden ? override[name] : declared[name];
    const filled = fill(row, written, platformClass);
    if (filled === 'missing') {
      report.at(name).add({ seen: 'nothing', allowed: row.allowed, change: `add ${name}` });
      continue;
    }
    const outcome = filled.raw === undefined ? { value: undefined } : row.read(filled.raw);
    if ('value' in outcome) {
      values[name] = outcome.value;
      origins[name] = written === undefined ? filled.origin : { from: overridden ? 'override' : 'declared' };
    } else place.add(outcome);
  }
  return { values: values as Partial<Values<T>>, origins };
};

const fill = (row: AnyField, written: unknown, platformClass: PlatformClass): { raw: unknown; origin: Origin } | 'missing' => {
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

/** Its prototype is nothing, or the one that all objects end in: of whichever realm, since there may be several. */
const isPlainObject = (raw: unknown): raw is Readonly<Record<string, unknown>> => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false;
  const prototype: unknown = Object.getPrototypeOf(raw);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** A plain object, or a problem: class instances, arrays and functions are no declarations. */
export const recordAt = (raw: unknown, report: Report): Readonly<Record<string, unknown>> | undefined => {
  if (isPlainObject(raw)) return raw;
  report.add({ seen: shown(raw), allowed: 'must be an object', change: 'write { … }' });
  return undefined;
};

export const refuseUnknown = (raw: Readonly<Record<string, unknown>>, known: readonly string[], report: Report): void => {
  for (const name of Object.keys(raw).filter((key) => !known.includes(key)))
    report.at(name).add({ seen: `'${name}'`, allowed: `is not a field here (${listed(known)})`, change: didYouMean(name, known, 'remove it') });
};
