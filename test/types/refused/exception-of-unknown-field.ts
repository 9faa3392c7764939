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
        // refused: 'availabilty' does not exist … Did you mean to write 'availability'?
        availabilty: { because: 'a rehearsal', until: '2027-03-31' },
      },
    },
  },
});
