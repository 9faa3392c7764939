import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    app: {
      pool: {
        // refused: 'maximum' does not exist … max?
        maximum: 12,
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
