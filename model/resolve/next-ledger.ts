import { FieldTable } from '../fields';
import { fieldsToHold } from '../held-fields';
import { dataKindRow } from '../kinds';
import { Ledger, LedgerDatum, LedgerProduct } from '../ledger';
import { own } from '../plain';
import { platformFields } from '../platform-fields';
import { ResolvedDatum, ResolvedProduct } from '../resolved';

/**
 * What a platform holds once this resolution is deployed. What was let go has still its name, so that its row is carried
 * on for ever: of data that was released, and of products that were retired.
 */
export const nextLedger = (
  platform: Readonly<Record<string, unknown>>,
  products: readonly ResolvedProduct[],
  former: Ledger,
): Ledger => ({
  platform: fieldsToHold(platformFields, platform),
  products: sorted([
    ...Object.entries(former.products).map(([name, product]) => [name, remembered(product)] as const),
    ...products.map((product) => [product.site.product, productOf(product, former)] as const),
  ]),
});

const productOf = ({ site, retired, tiers, data }: ResolvedProduct, former: Ledger): LedgerProduct => ({
  retired,
  tiers: sorted(tiers.map((tier) => [tier.name, tier.retired ? 'retired' : 'live'])),
  services: sorted(
    tiers.flatMap(({ services }) =>
      services.map(({ name, tier, door }) => [name, { tier, ...(door && { host: door.host }) }] as const),
    ),
  ),
  data: sorted([
    ...releasedOf(own(former.products, site.product)),
    ...data.map((datum) => [datum.identity, datumOf(datum)] as const),
  ]),
});

const datumOf = ({ kind, released, settings }: ResolvedDatum): LedgerDatum =>
  released
    ? { kind, state: 'released' }
    : { kind, state: 'live', fields: fieldsToHold(dataKindRow(kind).fields as FieldTable, { ...settings }) };

/** A product that is declared no more was retired: otherwise it would have been refused. */
const remembered = (product: LedgerProduct): LedgerProduct => ({
  retired: true,
  tiers: {},
  services: {},
  data: sorted(releasedOf(product)),
});

const releasedOf = (product: LedgerProduct | undefined): readonly (readonly [string, LedgerDatum])[] =>
  Object.entries(product?.data ?? {}).filter(([, { state }]) => state === 'released');

/** In the order of the alphabet; of two of one name the later one counts. */
const sorted = <V>(entries: readonly (readonly [string, V])[]): Readonly<Record<string, V>> =>
  Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b, 'en')));
