import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    storefront: {
      kind: 'web',
      host: 'shop',
      uses: {
        // refused: 'order-apy'' does not exist
        'order-apy': 'call',
      },
    },
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
