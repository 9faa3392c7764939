import { defineProduct } from '../../../model';

/** What must pass the compiler's door without a word. */

export const smallest = defineProduct({
  name: 'site',
  owner: 'web-team',
  services: { home: { kind: 'web', host: 'home' } },
});

export const withoutDataOrTiers = defineProduct({
  name: 'site',
  owner: 'web-team',
  services: {
    home: { kind: 'web', host: 'home', uses: { 'home-api': 'call' } },
    'home-api': { kind: 'api', tier: 'web' },
  },
});

export const everything = defineProduct({
  name: 'shop',
  owner: 'commerce',
  tiers: {
    web: { pool: { profile: 'balanced', min: 3, max: 12, volume: '60 GiB' } },
    batch: { pool: { instance: 'c8g.xlarge', exceptions: { min: { because: 'a rehearsal', until: '2027-03-31' } } } },
    old: { retired: true },
  },
  services: {
    storefront: { kind: 'web', host: 'www.example.com', priority: 7, uses: { 'order-api': 'call' } },
    'order-api': {
      kind: 'api',
      tier: 'batch',
      memory: '1.5 GiB',
      replicas: { min: 3, max: 9 },
      uses: { orders: 'own', 'order-events': 'publish' },
    },
    // Written before what it uses: the order of a declaration changes nothing.
    'order-mailer': {
      kind: 'api',
      millicores: 250,
      consumes: 'order-events',
      uses: { bills: 'read' },
      exceptions: { replicas: { because: 'a rehearsal', until: '2027-03-31' } },
    },
  },
  data: {
    orders: {
      kind: 'postgresql',
      version: '15',
      storage: '100 GiB',
      storageLimit: '2 TiB',
      availability: 'high',
      formerly: 'purchases',
    },
    bills: { kind: 'postgresql', storage: '20 GiB', released: 'moved to the ledger of finance' },
    'order-events': { kind: 'sqs', visibility: '90s', retention: '14d', attempts: 3 },
  },
});
