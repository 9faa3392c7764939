import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    storefront: { kind: 'web', host: 'shop' },
    'order-api': {
      kind: 'api',
      uses: {
        // refused: '"call"' is not assignable … (web offers nothing to others)
        storefront: 'call',
      },
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
