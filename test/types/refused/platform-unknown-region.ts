import { definePlatform, deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const platform = definePlatform({
  name: 'production',
  class: 'production',
  account: '111111111111',
  // refused: '"eu-west-9"' is not assignable … Did you mean '"eu-west-1"'?
  region: 'eu-west-9',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  products: [deploy(shop, { images: {} })],
});
