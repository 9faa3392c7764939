import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    app: { pool: { profile: 'cpu' } },
  },
  services: {
    'order-api': {
      kind: 'api',
      // refused: '"apps"' is not assignable to type '"app"'
      tier: 'apps',
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
