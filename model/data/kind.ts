import { FieldTable, Values } from '../fields';
import { Verb } from '../grants';
import { ProductSite } from '../naming';
import { RefTable, Travelling } from '../refs';
import { Rule } from '../rules/rule';
import { Signal } from '../signals';

/** All that the model knows of a kind of datum. Its twin in `constructs/data/` builds it. */
export interface DataKindRow<F extends FieldTable, V extends string, R extends RefTable> {
  readonly doc: string;
  readonly fields: F;
  readonly verbs: Readonly<Record<V, Verb<DatumFacts<F>>>>;
  /** What AWS assigns and others may know. */
  readonly refs: R;
  /** What its physical name must fulfil; checked on the whole computed name. */
  readonly physicalName: {
    readonly limit: number;
    /** What stands behind the name of something that it makes besides. */
    readonly suffix?: string;
    /** Names that AWS or the engine keeps for itself; `because` says so of the name that was seen. */
    readonly reserved?: { readonly words: readonly string[]; readonly because: string };
  };
  readonly rules: readonly Rule<Values<F>>[];
  readonly signals: (datum: DatumFacts<F>) => readonly Signal[];
  readonly responsibilities: { readonly groundplan: readonly string[]; readonly product: readonly string[] };
  /** The resource types that hold data, and the attributes whose change would replace them. */
  readonly stateful: Readonly<Record<string, readonly string[]>>;
}

/** A resolved datum as its kind's functions see it. */
export interface DatumFacts<F extends FieldTable> {
  /** The word that declarations use today. */
  readonly name: string;
  /** The first word it ever had: names, addresses and outputs follow this one. */
  readonly identity: string;
  readonly physicalName: string;
  readonly site: ProductSite;
  readonly settings: Values<F>;
  /** One of the kind's own refs, as it travels to consumers. */
  readonly ref: (name: string) => Travelling;
  /** The key that the product's data is encrypted with. */
  readonly key: Travelling;
}

export const dataKind = <F extends FieldTable, V extends string, R extends RefTable>(
  row: DataKindRow<F, V, R>,
): DataKindRow<F, V, R> => row;
