import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    storefront: {
      // refused: '"webb"' is not assignable … Did you mean '"web"'?
      kind: 'webb',
      host: 'shop',
      uses: { 'order-api': 'call' },
    },
    'order-api': { kind: 'api', tier: 'app', uses: { orders: 'write' } },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
