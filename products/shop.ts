import { defineProduct } from '../model';

/** A web shop: pages for visitors, an API behind them, its orders and the events they cause. */
export const shop = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    web: { pool: { profile: 'balanced', min: 3, max: 12 } },
    app: { pool: { profile: 'cpu', min: 3, max: 24 } },
  },
  services: {
    storefront: { kind: 'web', host: 'shop', uses: { 'order-api': 'call' } },
    'order-api': { kind: 'api', uses: { orders: 'write', 'order-events': 'publish' } },
  },
  data: {
    orders: { kind: 'postgresql', version: '15', storage: '100 GiB', availability: 'high' },
    'order-events': { kind: 'sqs' },
  },
});
