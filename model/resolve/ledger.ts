import { FieldTable, flag, oneOf, required } from '../fields';
import { readFields, recordAt } from '../read-fields';
import { dataKindNames } from '../kinds';
import { Ledger, LedgerProduct } from '../ledger';
import { fieldsOf } from '../plain';
import { Report } from '../problems';
import { ResolvedPlatform } from '../resolved';
import { shown } from '../words';
import { ProductDraft } from './product';

/**
 * Refuses that anything which the platform holds disappears, or turns into something else, in one step. What could not
 * be read has not disappeared: `allKnown` says whether the platform's products could be, and each draft of its own.
 */
export const keepWhatIsHeld = (
  raw: unknown,
  products: readonly ProductDraft[],
  allKnown: boolean,
  platform: string,
  report: Report,
): void => {
  for (const [name, held] of Object.entries(readLedger(raw, report.at('ledger')))) {
    const product = products.find((candidate) => candidate.name === name);
    if (product) keepProduct(held, product, report.for(`${name}/${platform}`));
    else if (!held.retired && allKnown)
      report.at('products').add({
        seen: `no ${shown(name)}`,
        allowed: 'must not disappear in one step, because it has stacks on this platform',
        change: `deploy ${name} with retired: true first`,
      });
  }
};

const keepProduct = (held: LedgerProduct, { data, tierNames }: ProductDraft, report: Report): void => {
  for (const [tier, state] of Object.entries(held.tiers)) {
    if (state === 'live' && tierNames && !tierNames.has(tier)) {
      report.at('tiers', tier).add({
        seen: 'nothing',
        allowed: 'must not disappear in one step, because it has nodes on this platform',
        change: `write ${tier}: { retired: true } first`,
      });
    }
  }
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

const TIER_STATE = oneOf(['live', 'retired'], {
  doc: 'What a tier was at the last deploy.',
  change: 'nothing deployed',
  filled: required,
});
const PRODUCT_FIELDS = {
  retired: flag({ doc: 'Whether all but its empty stacks is gone.', change: 'nothing deployed', filled: required }),
} as const satisfies FieldTable;
const DATUM_FIELDS = {
  kind: oneOf(dataKindNames, { doc: 'What holds the data.', change: 'nothing deployed', filled: required }),
  state: oneOf(['live', 'released'], {
    doc: 'What a datum was at the last deploy.',
    change: 'nothing deployed',
    filled: required,
  }),
} as const satisfies FieldTable;
const PRODUCT_SECTIONS = ['tiers', 'data'] as const;

/** A ledger is written by a command, and may have been edited by hand. What is a problem in it holds nothing. */
const readLedger = (raw: unknown, report: Report): Ledger => {
  const products = raw === undefined ? {} : (recordAt(raw, report) ?? {});
  return Object.fromEntries(
    Object.entries(products).map(([name, product]) => [name, readHeldProduct(product, report.at(name))]),
  );
};

const readHeldProduct = (raw: unknown, report: Report): LedgerProduct => {
  const { values, meant } = read(PRODUCT_FIELDS, raw, report, PRODUCT_SECTIONS);
  const sections = fieldsOf(raw);
  const entriesOf = (name: (typeof PRODUCT_SECTIONS)[number]) =>
    Object.entries((sections && !meant.has(name) && recordAt(sections[name], report.at(name))) || {});
  return {
    retired: values.retired ?? true,
    tiers: Object.fromEntries(
      entriesOf('tiers').flatMap(([name, raw]) => {
        const state = TIER_STATE.read(raw);
        if ('value' in state) return [[name, state.value]];
        report.at('tiers', name).add(state);
        return [];
      }),
    ),
    data: Object.fromEntries(
      entriesOf('data').flatMap(([name, raw]) => {
        const { kind, state } = read(DATUM_FIELDS, raw, report.at('data', name)).values;
        return kind === undefined || state === undefined ? [] : [[name, { kind, state }]];
      }),
    ),
  };
};

/** Rows of the ledger have no defaults, so that the class of the platform means nothing to them. */
const read = <T extends FieldTable>(table: T, raw: unknown, report: Report, also: readonly string[] = []) =>
  readFields(table, raw, { platformClass: 'production', report, also });

/** What the platform holds once this resolution is deployed. */
export const ledgerOf = ({ products }: ResolvedPlatform): Ledger =>
  Object.fromEntries(
    products.map(({ site, retired, tiers, data }) => [
      site.product,
      {
        retired,
        tiers: Object.fromEntries(tiers.map((tier) => [tier.name, tier.retired ? 'retired' : 'live'] as const)),
        data: Object.fromEntries(
          data.map(
            ({ identity, kind, released }) => [identity, { kind, state: released ? 'released' : 'live' }] as const,
          ),
        ),
      },
    ]),
  );
