import { definePlatform, deploy } from '../model';
import { corner } from '../products/corner';
import { shop } from '../products/shop';
import images from './images/production.json';
import ledger from './ledger/production.json';

export const production = definePlatform({
  name: 'production',
  class: 'production',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  products: [
    deploy(shop, { images: images.shop, overrides: { tiers: { web: { pool: { max: 20 } } } } }),
    deploy(corner, { images: images.corner }),
  ],
  ledger,
});
