import { Declared } from './fields';
import {
  AnyServiceKindRow,
  DataFields,
  DataKind,
  ServiceKind,
  ServiceKindFields,
  dataKinds,
  serviceKinds,
} from './kinds';
import { Ledger } from './ledger';
import { platformFields } from './platform-fields';
import { poolFields } from './pool-fields';
import { ServiceFields } from './services/kind';

/**
 * The compiler's door. Only names and kinds are inferred: services' names, data's kinds, tiers' names. Every other
 * field is checked against its row, and every use of a name against the names that were declared.
 */
export const defineProduct = <
  S extends Record<string, ServiceKind>,
  D extends Record<string, DataKind> = {},
  T extends string = UsualTier,
>(product: {
  /** The second word of every name it owns. */
  readonly name: string;
  /** The team that is asked, and paged. */
  readonly owner: string;
  readonly tiers?: { readonly [N in T]: TierDeclaration };
  readonly services: {
    readonly [N in keyof S]: { readonly kind: S[N] } & ServiceDeclaration<
      NoInfer<S[N]>,
      NoInfer<T>,
      NoInfer<S>,
      NoInfer<D>
    >;
  };
  readonly data?: { readonly [N in keyof D]: { readonly kind: D[N] } & DatumDeclaration<NoInfer<D[N]>> };
}): ProductDeclaration => product as ProductDeclaration;

/** The tiers of a product that names none. */
type UsualTier = AnyServiceKindRow['tier'];

/** A declared product, without the names that it was checked with. */
export interface ProductDeclaration {
  readonly name: string;
  readonly owner: string;
  readonly tiers?: Readonly<Record<string, TierDeclaration>>;
  readonly services: Readonly<Record<string, { readonly kind: ServiceKind }>>;
  readonly data?: Readonly<Record<string, { readonly kind: DataKind }>>;
}

export interface TierDeclaration {
  /** `shared`: on the nodes that the platform keeps for everybody. */
  readonly pool?: 'shared' | (Declared<typeof poolFields> & MayLeave<typeof poolFields>);
  /** The tier's stacks stay, empty, until their state is empty; then the tier can be removed. */
  readonly retired?: true;
}

type ServiceDeclaration<K, T, S, D> = K extends ServiceKind
  ? {
      /** Default: the tier of its kind. */
      readonly tier?: T;
      /** What it may reach, and what it may do there. */
      readonly uses?: Uses<S, D>;
    } & Consumes<K, Consumable<D>> &
      Declared<ServiceFields> &
      Declared<ServiceKindFields<K>> &
      MayLeave<ServiceFields & ServiceKindFields<K>>
  : never;

/**
 * Every name with its verbs. Where a kind is unknown the compiler knows no names at all: that mistake is told once, and
 * the edges are left to `resolve`.
 */
type Uses<S, D> = string extends keyof S | keyof D
  ? Readonly<Record<string, string>>
  : {
      readonly [N in keyof S]?: S[N] extends ServiceKind
        ? Offered<S[N], keyof (typeof serviceKinds)[S[N]]['verbs']>
        : never;
    } & {
      readonly [N in keyof D]?: D[N] extends DataKind ? Offered<D[N], keyof (typeof dataKinds)[D[N]]['verbs']> : never;
    };
type Consumable<D> = string extends keyof D
  ? string
  : OrSentence<
      {
        [N in keyof D]: D[N] extends DataKind
          ? 'consume' extends keyof (typeof dataKinds)[D[N]]['verbs']
            ? N
            : never
          : never;
      }[keyof D],
      '(no datum here can be consumed)'
    >;
type Offered<K extends string, V> = OrSentence<V & string, `(${K} offers nothing to others)`>;
/** Where nothing is allowed, the compiler would say `undefined`; this lets it say why. `resolve` refuses the sentence itself. */
type OrSentence<V, Sentence> = [V] extends [never] ? Sentence : V;

/** The queue that it works off. */
type Consumes<K extends ServiceKind, Q> = (typeof serviceKinds)[K]['consumes'] extends 'must'
  ? { readonly consumes: Q }
  : { readonly consumes?: Q };

type DatumDeclaration<K> = K extends DataKind
  ? {
      /** The first name it had: its data, addresses and names follow that one for ever. */
      readonly formerly?: string;
      /** Why its data is let go: the next deploy forgets it, without destroying it. */
      readonly released?: string;
    } & Declared<DataFields<K>> &
      MayLeave<DataFields<K>>
  : never;

/** Leaving the golden path is possible, for a reason and until a day. */
interface MayLeave<F> {
  readonly exceptions?: { readonly [N in keyof F]?: Exception };
}
export interface Exception {
  readonly because: string;
  /** The last day, as `2027-03-31`. */
  readonly until: string;
}

export const definePlatform = (platform: PlatformDeclaration): PlatformDeclaration => platform;

export type PlatformDeclaration = Declared<typeof platformFields> &
  MayLeave<typeof platformFields> & {
    readonly products: readonly Deployment[];
    /** What this platform has held so far; written by `groundplan ledger`. */
    readonly ledger?: Ledger;
  };

export interface Deployment {
  readonly product: ProductDeclaration;
  /** The image of each service, by digest. */
  readonly images: Readonly<Record<string, string>>;
  readonly overrides?: Overrides;
  /** Its stacks stay, empty, until their state is empty; then it can be removed. */
  readonly retired?: true;
}

/** Where this platform differs from the declaration: named fields, never whole things. */
export interface Overrides {
  readonly tiers?: Readonly<
    Record<string, { readonly pool?: Partial<Declared<typeof poolFields>> & MayLeave<typeof poolFields> }>
  >;
  readonly services?: Readonly<Record<string, Partial<AnyServiceFields> & MayLeave<AnyServiceFields>>>;
  readonly data?: Readonly<Record<string, Partial<AnyDatumFields> & MayLeave<AnyDatumFields>>>;
}
type AnyServiceFields = MergedFields<
  { [K in ServiceKind]: Declared<ServiceFields> & Declared<ServiceKindFields<K>> }[ServiceKind]
>;
type AnyDatumFields = MergedFields<{ [K in DataKind]: Declared<DataFields<K>> }[DataKind]>;
/** All fields of a union's members; which of them fit is known only where the thing is, and `resolve` says so. */
type MergedFields<U> = {
  readonly [N in U extends unknown ? keyof U : never]: U extends unknown ? (N extends keyof U ? U[N] : never) : never;
};

export const deploy = (product: ProductDeclaration, deployment: Omit<Deployment, 'product'>): Deployment => ({
  product,
  ...deployment,
});
