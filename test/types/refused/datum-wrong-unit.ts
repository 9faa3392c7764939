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
      // refused: '"100 GB"' is not assignable to type 'SizeText
      storage: '100 GB',
    },
  },
});
