import { defineProduct } from '../../../model';

// refused: Property 'owner' is missing
export const product = defineProduct({
  name: 'shop',
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
