import { Ledger, LedgerProduct } from '../ledger';
import { beginsWith } from '../naming';
import { Report } from '../problems';
import { shown } from '../words';
import { ProductDraft } from './product';

/**
 * Refuses that anything which the platform holds disappears, turns into something else or comes back, in one step. What
 * could not be read has not disappeared: `allKnown` says whether the platform's products could be, and each draft of
 * its own.
 */
export const keepWhatIsHeld = (
  ledger: Ledger,
  products: readonly ProductDraft[],
  allKnown: boolean,
  platform: string,
  report: Report,
): void => {
  for (const [name, held] of Object.entries(ledger.products)) {
    const product = products.find((candidate) => candidate.name === name);
    if (product) keepProduct(held, product, report.for(`${name}/${platform}`));
    else if (!held.retired && allKnown)
      report.at('products').add({
        seen: `no ${shown(name)}`,
        allowed: 'must not disappear in one step, because it has stacks on this platform',
        change: `deploy ${name} with retired: true first`,
      });
    else if (held.retired) keepNamesFree(name, products, report);
  }
};

/** Names are put together with dashes: what a retired product let go must not meet what another one makes. */
const keepNamesFree = (former: string, products: readonly ProductDraft[], report: Report): void => {
  for (const { name } of products.filter(({ name }) => beginsWith(name, former) || beginsWith(former, name)))
    report.at('products', name).add({
      seen: shown(name),
      allowed: `must not begin with the name of a product that was retired here, nor the other way round (${shown(former)})`,
      change: 'choose another name',
    });
};

const keepProduct = (held: LedgerProduct, product: ProductDraft, report: Report): void => {
  if (held.retired && !product.retired) {
    report.at('name').add({
      seen: shown(product.name),
      allowed: 'was retired from this platform, and the key and the backups that it let go still have this name',
      change: 'keep retired: true, or choose a name that nothing had before',
    });
    return;
  }
  keepTiers(held, product, report);
  keepServices(held, product, report);
  keepData(held, product, report);
};

const keepTiers = (held: LedgerProduct, { tierNames }: ProductDraft, report: Report): void => {
  for (const [tier, state] of Object.entries(held.tiers)) {
    if (state === 'live' && tierNames && !tierNames.has(tier)) {
      report.at('tiers', tier).add({
        seen: 'nothing',
        allowed: 'must not disappear in one step, because it has nodes on this platform',
        change: `write ${tier}: { retired: true } first`,
      });
    }
  }
};

/** Stacks of tiers are deployed apart: one may make what the other has not let go yet. */
const keepServices = (held: LedgerProduct, { placed }: ProductDraft, report: Report): void => {
  for (const [service, { tier }] of Object.entries(held.services)) {
    const now = placed.get(service);
    if (now === undefined || now === tier) continue;
    report.at('services', service, 'tier').add({
      seen: shown(now),
      allowed: `must stay '${tier}' until a release without it, because either tier's stack would make what has its name`,
      change: `write tier: '${tier}', declare it there under another name, or leave it out for one release`,
    });
  }
};

const keepData = (held: LedgerProduct, { data }: ProductDraft, report: Report): void => {
  for (const [identity, { kind, state }] of Object.entries(held.data)) {
    const datum = data?.find((candidate) => candidate.identity === identity);
    if (state === 'released') {
      if (datum && !datum.released)
        report.at('data', datum.name).add({
          seen: shown(identity),
          allowed: 'was released from this platform, and what was let go still has this name',
          change: 'keep released, or choose a name that nothing had before',
        });
    } else if (!datum) {
      if (data)
        report.at('data', identity).add({
          seen: 'nothing',
          allowed: 'holds data on this platform and must not disappear in one step',
          change: `write formerly: '${identity}' where it is renamed, or keep it with released: 'why' first`,
        });
    } else if (datum.kind !== undefined && datum.kind !== kind) {
      report.at('data', datum.name, 'kind').add({
        seen: `'${datum.kind}'`,
        allowed: `must stay '${kind}', because it holds data`,
        change: 'add the other kind under a new name, and move the data',
      });
    }
  }
};
