import { ReadFields, FieldTable, readFields, recordAt } from '../fields';
import { keepToGoldenPath } from '../golden-path';
import { AnyDatumFacts, DataKind, dataKindNames, dataKindRow, isDataKind } from '../kinds';
import { ProductSite, productName } from '../naming';
import { DATA_KEY_REF, datumRef } from '../contracts';
import { ResolvedDatum } from '../resolved';
import { applyRules } from '../rules/rule';
import { didYouMean, listed, shown } from '../words';
import { Places, PlatformContext } from './context';
import { checkKey } from './tiers';

export interface DatumDraft {
  readonly name: string;
  readonly identity: string;
  /** Missing where the kind itself is a problem. */
  readonly kind: DataKind | undefined;
  readonly released: boolean;
  readonly fields: ReadFields<FieldTable>;
}

const DATUM_KEYS = ['kind', 'formerly', 'released', 'exceptions'] as const;
const LONGEST_DATUM = 40;

export const readDatum = (name: string, raw: unknown, override: unknown, platform: PlatformContext, site: ProductSite, { report, overrideReport }: Places): DatumDraft => {
  const named = checkKey(name, LONGEST_DATUM, report);
  const datum = recordAt(raw, report) ?? {};
  const formerly = datum.formerly;
  if (typeof formerly === 'string') checkKey(formerly, LONGEST_DATUM, report.at('formerly'));
  else if (formerly !== undefined) report.at('formerly').add({ seen: shown(formerly), allowed: 'must be the first name it had', change: "write formerly: '…'" });
  if (datum.released !== undefined && (typeof datum.released !== 'string' || datum.released.trim().length < 3)) {
    report.at('released').add({ seen: shown(datum.released), allowed: 'must be a reason', change: 'say why its data is let go' });
  }
  const identity = typeof formerly === 'string' ? formerly : name;
  const draft = { name, identity, released: datum.released !== undefined };
  if (!isDataKind(datum.kind)) {
    report.at('kind').add({ seen: shown(datum.kind), allowed: `must be one of ${listed(dataKindNames)}`, change: didYouMean(String(datum.kind), dataKindNames, `write one of ${listed(dataKindNames)}`) });
    return { ...draft, kind: undefined, fields: { values: {}, origins: {} } };
  }

  const row = dataKindRow(datum.kind);
  const overridden = refuseFixed(override, DATUM_KEYS, overrideReport);
  const fields = readFields(row.fields, datum, { override: overridden, platformClass: platform.class, report, overrideReport, also: DATUM_KEYS });
  applyRules(row.rules, fields.values, platform.class, report);
  keepToGoldenPath(row.fields, fields.values, datum.exceptions, { platformClass: platform.class, report });

  const physical = `${productName(site, identity)}${row.physicalName.suffix ?? ''}`;
  if (named && physical.length > row.physicalName.limit) {
    report.add({ seen: `'${physical}', ${physical.length} characters`, allowed: `must stay within ${row.physicalName.limit}, because AWS takes no longer name`, change: 'shorten the name of the datum or of the product' });
  }
  return { ...draft, kind: datum.kind, fields };
};

/** An override may name fields only: what a thing is, and where it belongs, is the same on every platform. */
export const refuseFixed = (override: unknown, fixed: readonly string[], report: Places['report']): Readonly<Record<string, unknown>> | undefined => {
  if (override === undefined) return undefined;
  const record = recordAt(override, report) ?? {};
  for (const name of fixed.filter((key) => key in record)) {
    report.at(name).add({ seen: shown(record[name]), allowed: 'may not differ between platforms', change: 'change it in the product itself' });
  }
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fixed.includes(name)));
};

/** What a datum's kind may know of it. */
export const datumFacts = (draft: DatumDraft, site: ProductSite): AnyDatumFacts => ({
  name: draft.name,
  identity: draft.identity,
  physicalName: productName(site, draft.identity),
  site,
  settings: draft.fields.values,
  ref: (name) => ({ from: 'data', output: datumRef(draft.identity, name) }),
  key: { from: 'data', output: DATA_KEY_REF },
});

export const finishDatum = (draft: DatumDraft & { readonly kind: DataKind }, site: ProductSite): ResolvedDatum => {
  const row = dataKindRow(draft.kind);
  const facts = datumFacts(draft, site);
  return {
    kind: draft.kind,
    name: facts.name,
    identity: facts.identity,
    physicalName: facts.physicalName,
    settings: facts.settings,
    refs: row.refs,
    released: draft.released,
    signals: draft.released ? [] : row.signals(facts),
    origins: draft.fields.origins,
    // The settings were read with this very kind's table.
  } as unknown as ResolvedDatum;
};
