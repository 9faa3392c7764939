/**
 * The source of a product of any size, with a queue beside each store, every service using a store, a queue and a service: for the compiler, which
 * either checks it or only reads the same literal.
 */
export const bigProduct = (services: number, stores: number, how: 'checked' | 'unchecked' = 'checked'): string => {
  const name = (word: string, i: number): string => `${word}-${String(i).padStart(3, '0')}`;
  const [service, store, queue] = [
    (i: number) => name('service', i),
    (i: number) => name('store', i % stores),
    (i: number) => name('queue', i % stores),
  ];
  const lines = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => `    ${line(i)}`).join('\n');
  const product = `{
  name: 'big',
  owner: 'everyone',
  tiers: { app: { pool: { profile: 'cpu', min: 3, max: 60 } } },
  services: {
    storefront: { kind: 'web', host: 'big', tier: 'app', uses: { '${service(0)}': 'call' } },
${lines(services - 1, (i) => `'${service(i)}': { kind: 'api', memory: '1 GiB', replicas: { min: 3, max: 9 }, uses: { '${store(i)}': 'own', '${queue(i)}': 'publish', '${service(i === 0 ? 1 : 0)}': 'call' } },`)}
  },
  data: {
${lines(stores, (i) => `'${store(i)}': { kind: 'postgresql', storage: '100 GiB', backups: 35 },`)}
${lines(stores, (i) => `'${queue(i)}': { kind: 'sqs', visibility: '90s' },`)}
  },
}`;
  // The floor loads the same model, so that only the checking differs.
  return how === 'checked'
    ? `import { defineProduct } from '../../model';\nexport const product = defineProduct(${product});\n`
    : `import type { ProductDeclaration } from '../../model';\nexport type Loaded = ProductDeclaration;\nexport const product = ${product};\n`;
};
