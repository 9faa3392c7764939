import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    // refused: Property 'kind' is missing
    'order-api': {
      port: 8080,
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
