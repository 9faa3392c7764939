import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    tiers: {
      app: {
        pool: {
          // refused: 'string' is not assignable to type 'number'
          max: '60',
        },
      },
    },
  },
});
