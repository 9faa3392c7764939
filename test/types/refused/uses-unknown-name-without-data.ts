import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': {
      kind: 'api',
      uses: {
        // refused: 'orders' does not exist
        orders: 'write',
      },
    },
  },
});
