import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    services: {
      'order-api': {
        // refused: 'replica' does not exist … Did you mean to write 'replicas'?
        replica: { min: 3, max: 6 },
      },
    },
  },
});
