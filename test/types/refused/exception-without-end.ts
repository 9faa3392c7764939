import { defineProduct } from '../../../model';

export const product = defineProduct({
  name: 'shop',
  owner: 'commerce',
  services: {
    'order-api': { kind: 'api', uses: { orders: 'write' } },
  },
  data: {
    orders: {
      kind: 'postgresql',
      storage: '100 GiB',
      availability: 'single',
      exceptions: {
        // refused: Property 'until' is missing
        availability: { because: 'a rehearsal' },
      },
    },
  },
});
