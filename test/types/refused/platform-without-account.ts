import { definePlatform, deploy } from '../../../model';
import { shop } from '../../../products/shop';

// refused: Property 'account' is missing
export const platform = definePlatform({
  name: 'production',
  class: 'production',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  products: [deploy(shop, { images: {} })],
});
