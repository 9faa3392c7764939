import { definePlatform, deploy } from '../model';
import { corner } from '../products/corner';
import { shop } from '../products/shop';
import images from './images/dev.json';
import ledger from './ledger/dev.json';

/** Where anything may break: no registry of services, the smallest of everything. */
export const dev = definePlatform({
  name: 'dev',
  class: 'development',
  account: '333333333333',
  region: 'eu-west-1',
  domain: 'dev.example.com',
  cidr: '10.22.0.0/16',
  discovery: 'none',
  admins: ['arn:aws:iam::333333333333:role/platform-team'],
  products: [
    deploy(shop, {
      images: images.shop,
      overrides: {
        tiers: { web: { pool: { min: 1, max: 3 } }, app: { pool: { min: 1, max: 3 } } },
        data: { orders: { storage: '20 GiB', availability: 'single' }, sessions: { memory: '1 GiB' } },
      },
    }),
    deploy(corner, { images: images.corner }),
  ],
  ledger,
});
