import { definePlatform, deploy } from '../model';
import { shop } from '../products/shop';
import images from './images/local.json';

/**
 * A platform for nobody's account: what `npm run demo` deploys to the emulator on this machine. It keeps no ledger,
 * because nothing on it outlives an emulator, and it is not in `platforms`, because nobody's CI should roll it out.
 */
export const local = definePlatform({
  name: 'local',
  class: 'development',
  account: '000000000000',
  region: 'eu-west-1',
  domain: 'platform.localhost',
  // An emulator has no servers for a registry of services.
  discovery: 'none',
  admins: ['arn:aws:iam::000000000000:role/platform-team'],
  products: [deploy(shop, { images: images.shop })],
});
