import { definePlatform, deploy } from '../../../model';
import { everything, smallest } from './products';

export const development = definePlatform({
  name: 'dev',
  class: 'development',
  account: '111111111111',
  region: 'us-east-1',
  domain: 'dev.example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  zones: ['use1-az1', 'use1-az2', 'use1-az4'],
  nat: 'single',
  logDays: 30,
  exceptions: { nat: { because: 'a rehearsal', until: '2027-03-31' } },
  products: [
    deploy(smallest, { images: { home: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/home@sha256:0' } }),
    deploy(everything, {
      images: {},
      retired: true,
      overrides: {
        tiers: { batch: { pool: { max: 60 } } },
        services: { 'order-api': { replicas: { min: 1, max: 2 } } },
        data: { orders: { storage: '20 GiB' }, 'order-events': { retention: '1d' } },
      },
    }),
  ],
});
