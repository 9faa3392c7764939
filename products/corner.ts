import { defineProduct } from '../model';

/** The beginner's start: one process that does everything, and its database, on nodes that products share. */
export const corner = defineProduct({
  name: 'corner',
  owner: 'corner-shop',
  tiers: { web: { pool: 'shared' } },
  services: { counter: { kind: 'web', host: 'corner', uses: { ledger: 'own' } } },
  data: { ledger: { kind: 'postgresql', version: '17', storage: '20 GiB' } },
});
