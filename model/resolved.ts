import { Values } from './fields';
import { Origin } from './read-fields';
import { Edge } from './grants';
import { Ledger } from './ledger';
import { DataKind, DataSettings, ServiceKind, ServiceSettings } from './kinds';
import { ProductSite, Site } from './naming';
import { platformFields } from './platform-fields';
import { poolFields } from './pool-fields';
import { Excused } from './problems';
import { RefTable } from './refs';
import { Region } from './regions';
import { Chart, Signal } from './signals';
import { InstanceType } from './sizing';
import { KubernetesVersion } from './versions';

/** The resolution: complete, readonly, plain data. Stacks see slices of it and decide nothing. */

export interface ResolvedPlatform {
  readonly facts: PlatformFacts;
  readonly products: readonly ResolvedProduct[];
  /** What it holds once this is deployed. */
  readonly ledger: Ledger;
  /** What leaves the golden path. No clock says whether it has ended: that is `groundplan exceptions`. */
  readonly excused: readonly Excused[];
}

/** What everything on a platform may know of it. */
export interface PlatformFacts
  extends Site, Omit<Values<typeof platformFields>, 'name' | 'zones' | 'account' | 'region' | 'control' | 'nodes'> {
  readonly region: Region;
  readonly kubernetes: { readonly control: KubernetesVersion; readonly nodes: KubernetesVersion };
  readonly zones: readonly string[];
  readonly origins: Origins;
}

export interface ResolvedProduct {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly retired: boolean;
  readonly tiers: readonly ResolvedTier[];
  readonly data: readonly ResolvedDatum[];
}

export interface ResolvedTier {
  readonly name: string;
  readonly retired: boolean;
  /** Its own nodes, or those that the platform keeps for everybody. */
  readonly pool: ResolvedPool | 'shared';
  readonly services: readonly ResolvedService[];
}

export interface ResolvedPool extends Values<typeof poolFields> {
  readonly type: InstanceType;
  readonly alternatives: readonly string[];
  readonly because: string;
  readonly origins: Origins;
}

/** One service of kind K; `ResolvedService` is one of any kind, told apart by `kind`. */
export type ResolvedServiceOf<K extends ServiceKind> = {
  readonly [P in K]: {
    readonly kind: P;
    readonly name: string;
    readonly tier: string;
    readonly settings: ServiceSettings<P>;
    readonly image: string;
    readonly port: number | undefined;
    readonly door: Door | undefined;
    readonly edges: readonly Edge[];
    readonly refs: RefTable;
    readonly signals: readonly Signal[];
    readonly charts: readonly Chart[];
    readonly origins: Origins;
  };
}[K];
export type ResolvedService = ResolvedServiceOf<ServiceKind>;

/** Where the world comes in. */
export interface Door {
  readonly host: string;
  readonly priority: number;
  readonly origin: string;
}

/** What the data stack may know of a datum: nothing that its consumers or a new name could change. */
export type StoredDatumOf<K extends DataKind> = {
  readonly [P in K]: {
    readonly kind: P;
    readonly identity: string;
    readonly physicalName: string;
    readonly settings: DataSettings<P>;
    readonly refs: RefTable;
    readonly released: boolean;
  };
}[K];
export type StoredDatum = StoredDatumOf<DataKind>;

export type ResolvedDatum = StoredDatum & {
  /** The word that declarations use today. */
  readonly name: string;
  readonly signals: readonly Signal[];
  readonly origins: Origins;
};

/** By field: where its value came from. */
export type Origins = Readonly<Record<string, Origin>>;
