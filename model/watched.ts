import { poolSignals } from './pool-signals';
import { ResolvedProduct } from './resolved';
import { Chart, Signal } from './signals';

/** A thing that is watched, and its rows: what the watch stack may know of a product. */
export interface Watched {
  readonly subject: string;
  readonly signals: readonly Signal[];
  readonly charts: readonly Chart[];
}

export const watchedOf = ({ site, tiers, data }: ResolvedProduct): readonly Watched[] =>
  [
    // Authors' keys have single dashes only, so that no service or datum can be called so.
    ...tiers.map((tier) => ({ subject: `${tier.name}--nodes`, signals: poolSignals(tier, site), charts: [] })),
    ...tiers.flatMap(({ services }) =>
      services.map(({ name, signals, charts }) => ({ subject: name, signals, charts })),
    ),
    ...data.map(({ identity, signals }) => ({ subject: identity, signals, charts: [] })),
  ].sort((a, b) => a.subject.localeCompare(b.subject, 'en'));
