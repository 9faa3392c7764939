import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': {
      kind: 'api',
      // refused: '"apps"' is not assignable … Did you mean '"app"'?
      tier: 'apps',
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
