import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': {
      kind: 'api',
      // refused: '"orders"' is not assignable … (no datum here can be consumed)
      consumes: 'orders',
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
  },
});
