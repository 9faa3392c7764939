import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    // refused: Property 'kind' is missing
    orders: {
      storage: '100 GiB',
    },
  },
});
