import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    storefront: { kind: 'web', host: 'shop', uses: { 'order-api': 'call', orders: 'read' } },
    'order-api': {
      // refused: '"apy"' is not assignable … "api"
      kind: 'apy',
      uses: { orders: 'write', 'order-events': 'publish' },
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
