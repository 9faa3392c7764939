import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    tiers: {
      app: {
        pool: {
          // refused: 'maximum' does not exist
          maximum: 60,
        },
      },
    },
  },
});
