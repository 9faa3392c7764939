import { Connection, Edge } from './grants';
import { Known } from './refs';
import { ResolvedTier } from './resolved';

/**
 * What the edges of a tier's services open for the tier as a whole: nodes share a group, so many edges may need one
 * and the same rule. Network policies then close again per service.
 */
export interface TierOpening {
  readonly id: string;
  readonly port: number;
  readonly peer: { readonly store: Known } | { readonly tier: string } | { readonly gateway: true };
  readonly inbound: boolean;
  readonly origin: string;
}

/** A tier on the shared pool opens nothing to itself: its nodes are open to each other for everybody. */
export const tierOpenings = ({ name, pool, services }: ResolvedTier): readonly TierOpening[] => {
  const openings = new Map<string, { readonly opening: Omit<TierOpening, 'origin'>; readonly origins: string[] }>();
  const add = (opening: Omit<TierOpening, 'origin'>, origin: string): void => {
    const known = openings.get(opening.id) ?? { opening, origins: [] };
    known.origins.push(origin);
    openings.set(opening.id, known);
  };
  for (const { edges, door, port } of services) {
    for (const [edge, connection] of connectionsOf(edges)) {
      const { to, port: target } = connection;
      if ('store' in to)
        add(
          { id: `to-store-${to.store}-${target}`, port: target, peer: { store: to.group }, inbound: false },
          edge.origin,
        );
      else if (pool !== 'shared' || to.tier !== name)
        add({ id: `to-tier-${to.tier}-${target}`, port: target, peer: { tier: to.tier }, inbound: false }, edge.origin);
    }
    if (door && port !== undefined)
      add({ id: `from-gateway-${port}`, port, peer: { gateway: true }, inbound: true }, door.origin);
  }
  return [...openings.values()]
    .map(({ opening, origins }) => ({ ...opening, origin: spelledOrigins(origins) }))
    .sort((a, b) => a.id.localeCompare(b.id, 'en'));
};

export const connectionsOf = (edges: readonly Edge[]): readonly (readonly [Edge, Connection])[] =>
  edges.flatMap((edge) =>
    edge.grants.flatMap((grant) => (grant.grant === 'connection' ? [[edge, grant] as const] : [])),
  );

/** A tag takes 256 characters; where many edges share a rule, the first stands for them. */
const spelledOrigins = (origins: readonly string[]): string => {
  const [first = '', ...others] = [...origins].sort();
  const all = [first, ...others].join(' ');
  return all.length <= LONGEST_TAG ? all : `${first} and ${others.length} more`;
};

const LONGEST_TAG = 250;
