import { ResolvedProduct } from './resolved';
import { Signal } from './signals';

/** A thing that is watched, and its rows: what the watch stack may know of a product. */
export interface Watched {
  readonly subject: string;
  readonly signals: readonly Signal[];
}

export const watchedOf = ({ tiers, data }: ResolvedProduct): readonly Watched[] =>
  [
    ...tiers.flatMap(({ services }) => services.map(({ name, signals }) => ({ subject: name, signals }))),
    ...data.map(({ identity, signals }) => ({ subject: identity, signals })),
  ].sort((a, b) => a.subject.localeCompare(b.subject, 'en'));
