import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    // refused: Property 'host' is missing
    storefront: {
      kind: 'web',
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
