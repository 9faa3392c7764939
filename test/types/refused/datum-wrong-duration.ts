import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': { kind: 'api' },
  },
  data: {
    'order-events': {
      kind: 'sqs',
      // refused: '"2 minutes"' is not assignable to type 'DurationText
      visibility: '2 minutes',
    },
  },
});
