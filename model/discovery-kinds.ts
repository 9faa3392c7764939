/**
 * Registries of services by kind. Another kind is a word here, a row of needs in `discovery.ts` and a builder in
 * `constructs/discovery`; the compiler asks for both. `none` has neither pool nor stack.
 */
export const DISCOVERY_KINDS = ['none', 'consul'] as const;
export type DiscoveryKind = (typeof DISCOVERY_KINDS)[number];
/** Those that have servers. */
export type Registry = Exclude<DiscoveryKind, 'none'>;
