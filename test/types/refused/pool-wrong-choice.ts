import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    app: {
      pool: {
        // refused: '"fast"' is not assignable … "cpu" … "balanced"
        profile: 'fast',
      },
    },
  },
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
