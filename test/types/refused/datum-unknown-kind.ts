import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    storefront: { kind: 'web', host: 'shop', uses: { 'order-api': 'call' } },
    'order-api': { kind: 'api', uses: { orders: 'write', 'order-events': 'publish' }, consumes: 'order-events' },
  },
  data: {
    orders: {
      // refused: '"postgres"' is not assignable … Did you mean '"postgresql"'?
      kind: 'postgres',
      storage: '100 GiB',
    },
    'order-events': { kind: 'sqs' },
  },
});
