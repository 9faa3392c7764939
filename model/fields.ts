import { fieldsOf, isToken } from './plain';
import { Complaint, refusal } from './problems';
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
  /** How high a value is; set where what is deployed can rise and never fall. */
  readonly height?: (value: Value) => number;
  /** A list that changes with time: what stood on it before may still be held somewhere. */
  readonly choices?: readonly unknown[];
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

// a table holds fields of every type
export type AnyField = Field<any, any>;
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

/** What AWS can raise and never lower: the ledger remembers it, and the model refuses less. */
interface MayRise {
  readonly only?: 'up';
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
export const byClass = <V>(values: Readonly<Record<PlatformClass, V>>, because: string): Default => ({
  by: 'default',
  values,
  because,
});

/**
 * Ranked choices run from the least to the most safe, those that go only up from the lowest to the highest; `elsewhere`
 * are words that others have for them.
 */
export const oneOf = <const V extends string | number, P extends Filled>(
  choices: readonly V[],
  options: Common<P> & MayRise & { readonly ranked?: boolean; readonly elsewhere?: Readonly<Record<string, V>> },
): Field<V, V, P> => {
  const words = listed(choices.map(shown));
  const row = field<V, V, P>(options, `must be one of ${words}`, (raw) => choices.find((choice) => choice === raw), {
    change: (raw) => {
      const meant =
        typeof raw === 'string' && Object.hasOwn(options.elsewhere ?? {}, raw) ? options.elsewhere?.[raw] : raw;
      return didYouMean(meant, choices, 'write one of these');
    },
    safety: options.ranked ? (value) => choices.indexOf(value) : undefined,
    height: options.only && ((value) => choices.indexOf(value)),
  });
  return { ...row, choices };
};

export const count = <P extends Filled>(
  options: Common<P> & Bounds<number> & { readonly moreIsSafer?: boolean },
): Field<number, number, P> =>
  field(
    options,
    `must be a whole number from ${options.least} to ${options.most}`,
    (raw) =>
      typeof raw === 'number' && Number.isInteger(raw) && raw >= options.least && raw <= options.most ? raw : undefined,
    {
      change: (raw) => {
        if (typeof raw === 'string' && /^\d{1,9}$/.test(raw)) return 'write it without quotes';
        return typeof raw === 'number' && Number.isInteger(raw)
          ? intoRange(raw, options, options, String)
          : 'write a whole number';
      },
      safety: options.moreIsSafer ? (value) => value : undefined,
    },
  );

export const sizeOf = <P extends Filled>(
  options: Common<P> & Bounds<SizeText> & MayRise & { readonly whole?: 'GiB' },
): Field<SizeText, Size, P> => {
  const [least, most] = [size(options.least), size(options.most)];
  return quantity(
    options,
    'size',
    parseSize,
    { least: least.mib, most: most.mib },
    ({ mib }) => mib,
    ({ gib }) => options.whole === undefined || Number.isInteger(gib),
  );
};

export const durationOf = <P extends Filled>(
  options: Common<P> & Bounds<DurationText> & { readonly whole?: 'seconds'; readonly moreIsSafer?: boolean },
): Field<DurationText, Duration, P> => {
  const [least, most] = [duration(options.least), duration(options.most)];
  return quantity(
    options,
    'duration',
    parseDuration,
    { least: least.seconds, most: most.seconds },
    ({ seconds }) => seconds,
    ({ seconds }) => options.whole === undefined || Number.isInteger(seconds),
  );
};

/** `whole` says in what unit it must have no fraction, where AWS takes none. */
const quantity = <T extends string, Q extends object, P extends Filled>(
  options: Common<P> & Bounds<T> & MayRise & { readonly whole?: string; readonly moreIsSafer?: boolean },
  noun: string,
  parse: (raw: unknown) => Q | undefined,
  bounds: Bounds<number>,
  measure: (value: Q) => number,
  isWhole: (value: Q) => boolean,
): Field<T, Q, P> =>
  field(
    options,
    `must be a ${noun} from '${options.least}' to '${options.most}'${options.whole === undefined ? '' : `, in whole ${options.whole}`}`,
    (raw) => {
      const value = parse(raw);
      return value !== undefined && measure(value) >= bounds.least && measure(value) <= bounds.most && isWhole(value)
        ? value
        : undefined;
    },
    {
      change: (raw) => {
        const value = parse(raw);
        return value === undefined
          ? `write it like '${options.least}'`
          : intoRange(measure(value), bounds, options, shown);
      },
      safety: options.moreIsSafer ? measure : undefined,
      height: options.only && measure,
    },
  );

export const flag = <P extends Filled>(options: Common<P> & { readonly safer?: boolean }): Field<boolean, boolean, P> =>
  field(options, 'must be true or false', (raw) => (typeof raw === 'boolean' ? raw : undefined), {
    change: () => 'write true or false',
    safety: options.safer === undefined ? undefined : (value) => (value === options.safer ? 1 : 0),
  });

export const text = <P extends Filled>(
  options: Common<P> & {
    /** A pattern, or whatever else can judge a text. */
    readonly pattern: Pick<RegExp, 'test'>;
    readonly allowed: string;
    readonly example: string;
    readonly safety?: (value: string) => number;
  },
): Field<string, string, P> =>
  field(options, options.allowed, (raw) => (typeof raw === 'string' && options.pattern.test(raw) ? raw : undefined), {
    change: () => `write it like '${options.example}'`,
    safety: options.safety,
  });

/** A list without order or repetition; its resolved form is sorted, so that the order of writing changes nothing. */
export const setOf = <P extends Filled>(
  options: Common<P> & {
    readonly pattern: Pick<RegExp, 'test'>;
    readonly allowed: string;
    readonly example: string;
    readonly least?: number;
    readonly most?: number;
  },
): Field<readonly string[], readonly string[], P> =>
  field<readonly string[], readonly string[], P>(
    options,
    options.allowed,
    (raw) => {
      if (!Array.isArray(raw) || raw.length < (options.least ?? 0) || raw.length > (options.most ?? Infinity))
        return undefined;
      // A list of our own: through the untyped door one may come that brings its own `constructor`.
      const words: unknown[] = Array.from(raw);
      const valid = words.filter((word): word is string => typeof word === 'string' && options.pattern.test(word));
      return valid.length === raw.length && new Set(valid).size === raw.length ? [...valid].sort() : undefined;
    },
    { change: () => `write it like ${options.example}` },
  );

export interface Span {
  readonly min: number;
  readonly max: number;
}
/** A lower and an upper bound that are one decision: neither means anything without the other. */
export const span = <P extends Filled>(
  options: Common<P> & Bounds<number> & { readonly moreIsSafer?: boolean },
): Field<Span, Span, P> =>
  field(
    options,
    `must be { min, max } with ${options.least} <= min <= max <= ${options.most}`,
    (raw) => {
      const { min, max, ...others } = fieldsOf(raw) ?? {};
      const whole =
        typeof min === 'number' && typeof max === 'number' && Number.isInteger(min) && Number.isInteger(max);
      return whole && Object.keys(others).length === 0 && options.least <= min && min <= max && max <= options.most
        ? { min, max }
        : undefined;
    },
    {
      change: () => `write it like { min: ${Math.max(options.least, 2)}, max: ${Math.max(options.least, 2) * 4} }`,
      safety: options.moreIsSafer ? (value) => value.min : undefined,
    },
  );

interface Bounds<V> {
  readonly least: V;
  readonly most: V;
}

const field = <I, V, P extends Filled>(
  { doc, change, filled, everywhere = false }: Common<P>,
  allowed: string,
  parse: (raw: unknown) => V | undefined,
  extra: {
    readonly change: (raw: unknown) => string;
    readonly safety?: ((value: V) => number) | undefined;
    readonly height?: ((value: V) => number) | undefined;
  },
): Field<I, V, P> => ({
  doc,
  change,
  filled,
  everywhere,
  allowed,
  read: (raw) => {
    const value = isToken(raw) ? undefined : parse(raw);
    return value === undefined ? refusal(raw, allowed, extra.change(raw)) : { value };
  },
  ...(extra.safety && { safety: extra.safety }),
  ...(extra.height && { height: extra.height }),
});

const intoRange = <T>(
  measured: number,
  { least, most }: Bounds<number>,
  spelled: Bounds<T>,
  show: (bound: T) => string,
): string => {
  if (measured < least) return `raise it to at least ${show(spelled.least)}`;
  return measured > most ? `lower it to at most ${show(spelled.most)}` : 'write it without a fraction';
};
