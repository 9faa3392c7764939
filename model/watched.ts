import { poolSignals } from './pool-signals';
import { ResolvedProduct } from './resolved';
import { Signal } from './signals';

/** A thing that is watched, and its rows: what the watch stack may know of a product. */
export interface Watched {
  readonly subject: string;
  readonly signals: readonly Signal[];
}

export const watchedOf = ({ site, tiers, data }: ResolvedProduct): readonly Watched[] =>
  [
    // Authors' keys have single dashes only, so that no service or datum can be called so.
    ...tiers.map((tier) => ({ subject: `${tier.name}--nodes`, signals: poolSignals(tier, site) })),
    ...tiers.flatMap(({ services }) => services.map(({ name, signals }) => ({ subject: name, signals }))),
    ...data.map(({ identity, signals }) => ({ subject: identity, signals })),
  ].sort((a, b) => a.subject.localeCompare(b.subject, 'en'));
