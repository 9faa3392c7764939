import { FieldTable } from '../fields';
import { HeldFields } from '../held-fields';
import { Places, ReadFields, readFields, recordAt } from '../read-fields';
import { keepToGoldenPath } from '../golden-path';
import { AnyDatumFacts, DataKind, dataKindNames, dataKindRow, isDataKind } from '../kinds';
import { ProductSite, productName } from '../naming';
import { DATA_KEY_REF, datumRef } from '../contracts';
import { LedgerDatum } from '../ledger';
import { own } from '../plain';
import { Report, isReason, refusal } from '../problems';
import { ResolvedDatum } from '../resolved';
import { applyRules } from '../rules/rule';
import { shown } from '../words';
import { PlatformContext } from './context';
import { NO_FIELDS, refuseFixed, refuseKind } from './kinds-and-overrides';
import { checkKey } from './keys';

export interface DatumDraft {
  readonly name: string;
  readonly identity: string;
  /** Whether its names are no problem: only then can those that are made of them be judged. */
  readonly named: boolean;
  /** Missing where the kind itself is a problem. */
  readonly kind: DataKind | undefined;
  readonly released: boolean;
  readonly fields: ReadFields<FieldTable>;
}

/** `exceptions` may stand in an override too; the others say what a datum is, everywhere. */
const FIXED_KEYS = ['kind', 'formerly', 'released'] as const;
const DATUM_KEYS = [...FIXED_KEYS, 'exceptions'] as const;
const LONGEST_DATUM = 40;

export const readDatum = (
  name: string,
  raw: unknown,
  override: unknown,
  platform: PlatformContext,
  { report, overrideReport }: Places,
  held: Readonly<Record<string, LedgerDatum>> | undefined,
): DatumDraft => {
  const named = checkKey(name, LONGEST_DATUM, report);
  const datum = recordAt(raw, report);
  if (!datum) return { name, identity: name, named, kind: undefined, released: false, fields: NO_FIELDS };
  const identity = readFormerly(datum.formerly, name, report.at('formerly'));
  if (datum.released !== undefined && !isReason(datum.released))
    report.at('released').add(refusal(datum.released, 'must be a reason', 'say why its data is let go'));
  const draft = {
    name,
    identity: identity ?? name,
    named: named && identity !== undefined,
    released: datum.released !== undefined,
  };
  if (!isDataKind(datum.kind)) {
    refuseKind(datum.kind, dataKindNames, report.at('kind'));
    return { ...draft, kind: undefined, fields: NO_FIELDS };
  }

  const row = dataKindRow(datum.kind);
  const overridden = refuseFixed(override, FIXED_KEYS, overrideReport);
  const fields = readFields(row.fields, datum, {
    override: overridden,
    platformClass: platform.class,
    report,
    overrideReport,
    also: DATUM_KEYS,
    held: heldFields(own(held, draft.identity), datum.kind),
  });
  applyRules(row.rules, fields, platform.class, { report, overrideReport });
  keepToGoldenPath(
    row.fields,
    fields,
    { declared: datum.exceptions, override: overridden?.exceptions },
    { platformClass: platform.class, report, overrideReport },
  );
  return { ...draft, kind: datum.kind, fields };
};

/** Of another kind there is nothing to compare. */
const heldFields = (held: LedgerDatum | undefined, kind: DataKind): HeldFields | undefined =>
  held?.kind === kind && held.fields
    ? { fields: held.fields, instead: 'add another under a new name and move the data' }
    : undefined;

/** The name that it was made under, or nothing where that is a problem. */
const readFormerly = (formerly: unknown, name: string, report: Report): string | undefined => {
  if (formerly === undefined) return name;
  if (formerly !== name) return checkKey(formerly, LONGEST_DATUM, report) ? formerly : undefined;
  report.add({ seen: shown(name), allowed: 'is its name today, and no former one', change: 'remove formerly' });
  return name;
};

/** Names that AWS sees: known only once the platform, the product and the datum have names that are no problem. */
export const checkPhysicalName = (
  { name, identity, named, kind }: DatumDraft,
  site: ProductSite,
  report: Report,
): void => {
  if (!named || kind === undefined) return;
  const { limit, suffix = '', reserved } = dataKindRow(kind).physicalName;
  const physical = `${productName(site, identity)}${suffix}`;
  const place = identity === name ? report.at('data', name) : report.at('data', name, 'formerly');
  if (physical.length > limit) {
    place.add({
      seen: `'${physical}', ${physical.length} characters`,
      allowed: `must stay within ${limit}, because AWS takes no longer name`,
      change: 'shorten the name of the datum or of the product',
    });
  }
  if (reserved?.words.includes(identity))
    place.add({ seen: `'${identity}'`, allowed: reserved.because, change: 'choose another name' });
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
