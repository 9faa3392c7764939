import { definePlatform, deploy } from '../../../model';
import { shop } from '../../../products/shop';

export const platform = definePlatform({
  name: 'production',
  class: 'production',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  // refused: 'zone' does not exist … Did you mean to write 'zones'?
  zone: ['euw1-az1', 'euw1-az2', 'euw1-az3'],
  products: [deploy(shop, { images: {} })],
});
