import { App } from 'cdktf';
import { definePlatform, defineProduct, deploy, resolvePlatforms } from '../model';
import { compose } from '../stacks/compose';

/** One platform with as many products as asked for: two tiers, two services and two data each. */
const IMAGE = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/any@sha256:${'a'.repeat(64)}`;

const product = (number: number) =>
  defineProduct({
    name: `product-${number}`,
    owner: 'everyone',
    services: {
      storefront: { kind: 'web', host: `product-${number}`, uses: { 'order-api': 'call' } },
      'order-api': { kind: 'api', uses: { orders: 'write', 'order-events': 'publish' } },
    },
    data: { orders: { kind: 'postgresql', storage: '100 GiB' }, 'order-events': { kind: 'sqs' } },
  });

const platform = definePlatform({
  name: 'bench',
  class: 'production',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'example.com',
  admins: ['arn:aws:iam::111111111111:role/platform-team'],
  products: Array.from({ length: Number(process.argv[2]) }, (_, number) =>
    deploy(product(number), { images: { storefront: IMAGE, 'order-api': IMAGE } }),
  ),
});

const app = new App();
for (const resolved of resolvePlatforms([platform])) compose(app, resolved);
app.synth();
