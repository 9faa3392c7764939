import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    data: {
      orders: {
        // refused: '"200 GB"' is not assignable to type 'SizeText
        storage: '200 GB',
      },
    },
  },
});
