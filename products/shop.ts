import { defineProduct } from '../model';

/** A web shop: pages for visitors, an API behind them, its orders and sessions, and the events that orders cause. */
export const shop = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    web: { pool: { profile: 'balanced', min: 3, max: 12 } },
    app: { pool: { profile: 'cpu', min: 3, max: 24 } },
  },
  services: {
    storefront: { kind: 'web', host: 'shop', uses: { 'order-api': 'call' } },
    'order-api': { kind: 'api', uses: { orders: 'write', sessions: 'write', 'order-events': 'publish' } },
    'email-worker': { kind: 'worker', consumes: 'order-events', acceptableDelay: '2m', typicalJob: '300ms' },
    'daily-report': { kind: 'cron', schedule: '0 2 * * *', uses: { orders: 'read' } },
  },
  data: {
    orders: { kind: 'postgresql', version: '15', storage: '100 GiB', availability: 'high' },
    sessions: { kind: 'redis', memory: '6 GiB' },
    'order-events': { kind: 'sqs' },
  },
});
