import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    // refused: Property 'storage' is missing
    orders: {
      kind: 'postgresql',
      version: '16',
    },
  },
});
