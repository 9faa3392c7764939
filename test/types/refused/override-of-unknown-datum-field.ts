import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  overrides: {
    data: {
      orders: {
        // refused: 'backup' does not exist … Did you mean to write 'backups'?
        backup: 35,
      },
    },
  },
});
