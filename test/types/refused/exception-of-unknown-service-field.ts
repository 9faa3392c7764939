import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': {
      kind: 'api',
      replicas: { min: 1, max: 2 },
      exceptions: {
        // refused: 'replica' does not exist … Did you mean to write 'replicas'?
        replica: { because: 'a rehearsal', until: '2027-03-31' },
      },
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
