import { definePlatform, deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const platform = definePlatform({
  name: 'production',
  // refused: '"prod"' is not assignable … "production"
  class: 'prod',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  products: [deploy(shop, { images: {} })],
});
