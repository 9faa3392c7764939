import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const deployment = deploy(shop, {
  images: {},
  // refused: 'override' does not exist … Did you mean to write 'overrides'?
  override: { tiers: { app: { pool: { max: 60 } } } },
});
