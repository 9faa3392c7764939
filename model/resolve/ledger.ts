import { recordAt } from '../fields';
import { Ledger, LedgerProduct } from '../ledger';
import { Report } from '../problems';
import { ResolvedPlatform } from '../resolved';
import { ProductDraft } from './product';

/** Refuses that anything which the platform holds disappears, or turns into something else, in one step. */
export const keepWhatIsHeld = (raw: unknown, products: readonly ProductDraft[], platform: string, report: Report): void => {
  if (raw === undefined) return;
  const ledger = recordAt(raw, report.at('ledger')) as Ledger | undefined;
  for (const [name, held] of Object.entries(ledger ?? {})) {
    const product = products.find((candidate) => candidate.name === name);
    if (product) keepProduct(held, product, report.for(`${name}/${platform}`));
    else if (!held.retired) report.at('products').add({ seen: `no '${name}'`, allowed: 'must not disappear in one step, it has stacks on this platform', change: `deploy ${name} with retired: true first` });
  }
};

const keepProduct = (held: LedgerProduct, product: ProductDraft, report: Report): void => {
  for (const [tier, state] of Object.entries(held.tiers)) {
    if (state === 'live' && !product.tiers.some(({ name }) => name === tier)) {
      report.at('tiers', tier).add({ seen: 'nothing', allowed: 'must not disappear in one step, it has nodes on this platform', change: `write ${tier}: { retired: true } first` });
    }
  }
  for (const [identity, { kind, state }] of Object.entries(held.data)) {
    if (state === 'released') continue;
    const datum = product.data.find((candidate) => candidate.identity === identity);
    if (!datum) {
      report.at('data', identity).add({ seen: 'nothing', allowed: 'holds data on this platform and must not disappear in one step', change: `write formerly: '${identity}' where it is renamed, or keep it with released: 'why' first` });
    } else if (datum.kind !== undefined && datum.kind !== kind) {
      report.at('data', datum.name, 'kind').add({ seen: `'${datum.kind}'`, allowed: `must stay '${kind}', because it holds data`, change: 'add the other kind under a new name, and move the data' });
    }
  }
};

/** What the platform holds once this resolution is deployed. */
export const ledgerOf = ({ products }: ResolvedPlatform): Ledger =>
  Object.fromEntries(
    products.map(({ site, retired, tiers, data }) => [
      site.product,
      {
        retired,
        tiers: Object.fromEntries(tiers.map((tier) => [tier.name, tier.retired ? 'retired' : 'live'] as const)),
        data: Object.fromEntries(data.map(({ identity, kind, released }) => [identity, { kind, state: released ? 'released' : 'live' }] as const)),
      },
    ]),
  );
