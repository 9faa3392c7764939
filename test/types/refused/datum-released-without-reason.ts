import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    orders: {
      kind: 'postgresql',
      storage: '100 GiB',
      // refused: 'boolean' is not assignable to type 'string'
      released: true,
    },
  },
});
