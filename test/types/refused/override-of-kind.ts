import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    data: {
      orders: {
        // refused: 'kind' does not exist
        kind: 'sqs',
      },
    },
  },
});
