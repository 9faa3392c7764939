import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': {
      kind: 'api',
      // refused: '"order-event"' is not assignable to type '"order-events"'
      consumes: 'order-event',
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
