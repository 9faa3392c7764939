import { definePlatform, deploy } from '../model';
import { corner } from '../products/corner';
import { shop } from '../products/shop';
import images from './images/staging.json';
import ledger from './ledger/staging.json';

/** What production will be, smaller. */
export const staging = definePlatform({
  name: 'staging',
  class: 'staging',
  account: '222222222222',
  region: 'eu-west-1',
  domain: 'staging.example.com',
  cidr: '10.21.0.0/16',
  admins: ['arn:aws:iam::222222222222:role/platform-team'],
  products: [deploy(shop, { images: images.shop }), deploy(corner, { images: images.corner })],
  ledger,
});
