import { definePlatform, deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const platform = definePlatform({
  name: 'production',
  class: 'production',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  nat: 'single',
  exceptions: {
    // refused: 'nats' does not exist … Did you mean to write 'nat'?
    nats: { because: 'a rehearsal', until: '2027-03-31' },
  },
  products: [deploy(shop, { images: {} })],
});
