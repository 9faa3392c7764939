/** Regions that the instance catalogue knows. Zones are ids: names differ between accounts, ids do not. */
export const REGION_ROWS = {
  'eu-west-1': { zones: ['euw1-az1', 'euw1-az2', 'euw1-az3'], offeredIn: 3 },
  // use1-az3 gets few new machines and no cluster's control plane: a type offered in five zones is offered in all the others.
  'us-east-1': { zones: ['use1-az1', 'use1-az2', 'use1-az4'], offeredIn: 5 },
} as const satisfies Record<string, { readonly zones: readonly string[]; readonly offeredIn: number }>;

export type Region = keyof typeof REGION_ROWS;
export const REGIONS = Object.keys(REGION_ROWS) as Region[];
