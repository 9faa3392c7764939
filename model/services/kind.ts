import { FieldTable, Values, always, count, sizeOf } from '../fields';
import { Edge, Verb } from '../grants';
import { ProductSite } from '../naming';
import { RefTable, Travelling } from '../refs';
import { Rule } from '../rules/rule';
import { Chart, Signal } from '../signals';

/** What every service may say of itself, whatever its kind. */
export const serviceFields = {
  millicores: count({
    doc: 'CPU that each replica is promised, in thousandths of a core.',
    least: 50,
    most: 16_000,
    change: 'rolling',
    filled: always(500, 'half a core is what one busy event loop uses on average'),
  }),
  memory: sizeOf({
    doc: 'Memory that each replica is promised, and is held to.',
    least: '64 MiB',
    most: '64 GiB',
    change: 'rolling',
    filled: always('512 MiB', 'what a small server runtime needs with room for its peaks'),
  }),
} as const;
export type ServiceFields = typeof serviceFields;

/** All that the model knows of a kind of service. Its twin in `constructs/services/` builds it. */
export interface ServiceKindRow<F extends FieldTable, V extends string, C extends 'must' | 'may' = 'must' | 'may'> {
  readonly doc: string;
  /** Where its services run unless they say otherwise. */
  readonly tier: 'web' | 'app';
  readonly fields: F;
  /** What other services may do to it. */
  readonly verbs: Readonly<Record<V, Verb<ServiceFacts<F>>>>;
  /** What AWS assigns to it and others may know. */
  readonly refs: (service: ServiceFacts<F>) => RefTable;
  /** The door that the world comes in by; without one it is internal. */
  readonly door: (
    service: ServiceFacts<F>,
  ) => { readonly host: string; readonly priority: number | undefined } | undefined;
  /** The port that it listens on, if it serves. */
  readonly port: (service: ServiceFacts<F>) => number | undefined;
  readonly rules: readonly Rule<Values<ServiceFields & F>>[];
  /** Whether it must be given a queue to work off; any service may. */
  readonly consumes: C;
  /** Seconds for which whatever it takes from a queue must stay hidden from others, if that matters to it. */
  readonly holds?: {
    readonly needs: readonly (keyof F & string)[];
    readonly seconds: (settings: Values<ServiceFields & F>) => number;
  };
  readonly signals: (service: ServiceFacts<F>, edges: readonly Edge[]) => readonly Signal[];
  /** What a dashboard shows besides its signals. */
  readonly charts?: (service: ServiceFacts<F>) => readonly Chart[];
  readonly responsibilities: { readonly groundplan: readonly string[]; readonly product: readonly string[] };
}

/** A resolved service as its kind's functions see it. */
export interface ServiceFacts<F extends FieldTable> {
  readonly name: string;
  readonly tier: string;
  readonly site: ProductSite;
  readonly settings: Values<ServiceFields & F>;
  /** What AWS knows of the product's load balancer. */
  readonly gateway: (output: string) => Travelling;
  /** One of the kind's own refs, as it travels to later stacks. */
  readonly ref: (name: string) => Travelling;
}

export const serviceKind = <F extends FieldTable, V extends string, C extends 'must' | 'may'>(
  row: ServiceKindRow<F, V, C>,
): ServiceKindRow<F, V, C> => row;
