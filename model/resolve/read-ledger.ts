import { FieldTable, flag, oneOf, required, text } from '../fields';
import { HeldFields, heldTable } from '../held-fields';
import { dataKindNames, dataKindRow } from '../kinds';
import { Ledger, LedgerDatum, LedgerProduct, LedgerService } from '../ledger';
import { KEY_ALLOWED, KEY_PATTERN } from '../naming';
import { fieldsOf } from '../plain';
import { platformFields } from '../platform-fields';
import { Report } from '../problems';
import { readFields, recordAt, refuseUnknown } from '../read-fields';
import { hostOptions } from '../services/http';

/** A ledger is written by a command, and may have been edited by hand. What is a problem in it holds nothing. */
export const readLedger = (raw: unknown, report: Report): Ledger => {
  const ledger = raw === undefined ? undefined : recordAt(raw, report);
  if (!ledger) return { platform: {}, products: {} };
  const meant = refuseUnknown(ledger, LEDGER_SECTIONS, report);
  const section = (name: (typeof LEDGER_SECTIONS)[number]) =>
    (!meant.has(name) && recordAt(ledger[name], report.at(name))) || {};
  return {
    platform: readHeldFields(platformFields, section('platform'), report.at('platform')),
    products: Object.fromEntries(
      Object.entries(section('products')).flatMap(([name, raw]) => {
        const product = readHeldProduct(raw, report.at('products', name));
        return product ? [[name, product] as const] : [];
      }),
    ),
  };
};

const WRITTEN = { change: 'nothing deployed', filled: required } as const;

const LEDGER_SECTIONS = ['platform', 'products'] as const;
const PRODUCT_SECTIONS = ['tiers', 'services', 'data'] as const;
const PRODUCT_FIELDS = {
  retired: flag({ doc: 'Whether all but its empty stacks is gone.', ...WRITTEN }),
} as const satisfies FieldTable;
const TIER_STATE = oneOf(['live', 'retired'], { doc: 'What a tier was at the last deploy.', ...WRITTEN });
const SERVICE_FIELDS = {
  tier: text({
    doc: 'Where it ran at the last deploy.',
    pattern: KEY_PATTERN,
    allowed: KEY_ALLOWED,
    example: 'app',
    ...WRITTEN,
  }),
  host: text({ ...hostOptions, ...WRITTEN, filled: { by: 'nothing', then: 'it had none' } }),
} as const satisfies FieldTable;
const DATUM_FIELDS = {
  kind: oneOf(dataKindNames, { doc: 'What holds the data.', ...WRITTEN }),
  state: oneOf(['live', 'released'], { doc: 'What a datum was at the last deploy.', ...WRITTEN }),
} as const satisfies FieldTable;

const readHeldProduct = (raw: unknown, report: Report): LedgerProduct | undefined => {
  const { values, meant } = read(PRODUCT_FIELDS, raw, report, PRODUCT_SECTIONS);
  const sections = fieldsOf(raw);
  const entriesOf = <V>(
    name: (typeof PRODUCT_SECTIONS)[number],
    readEntry: (raw: unknown, report: Report) => V | undefined,
  ): Readonly<Record<string, V>> => {
    const section = (sections && !meant.has(name) && recordAt(sections[name], report.at(name))) || {};
    return Object.fromEntries(
      Object.entries(section).flatMap(([key, entry]) => {
        const value = readEntry(entry, report.at(name, key));
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  };
  const sectionsRead = {
    tiers: entriesOf('tiers', readHeldTier),
    services: entriesOf('services', readHeldService),
    data: entriesOf('data', readHeldDatum),
  };
  return values.retired === undefined ? undefined : { retired: values.retired, ...sectionsRead };
};

const readHeldTier = (raw: unknown, report: Report): string | undefined => {
  const state = TIER_STATE.read(raw);
  if ('value' in state) return state.value;
  report.add(state);
  return undefined;
};

const readHeldService = (raw: unknown, report: Report): LedgerService | undefined => {
  const { tier, host } = read(SERVICE_FIELDS, raw, report).values;
  return tier === undefined ? undefined : { tier, ...(host !== undefined && { host }) };
};

const readHeldDatum = (raw: unknown, report: Report): LedgerDatum | undefined => {
  const { values, meant } = read(DATUM_FIELDS, raw, report, ['fields']);
  const { kind, state } = values;
  if (kind === undefined || state === undefined) return undefined;
  // What was released is only a name: nothing of it can change any more.
  if (state === 'released' || meant.has('fields')) return { kind, state };
  return {
    kind,
    state,
    fields: readHeldFields(dataKindRow(kind).fields, fieldsOf(raw)?.fields, report.at('fields')),
  };
};

const readHeldFields = (table: FieldTable, raw: unknown, report: Report): HeldFields['fields'] => {
  const { values } = read(heldTable(table), raw, report);
  return Object.fromEntries(Object.entries(fieldsOf(raw) ?? {}).filter(([name]) => values[name] !== undefined));
};

/** Rows of the ledger have no defaults, so that the class of the platform means nothing to them. */
const read = <T extends FieldTable>(table: T, raw: unknown, report: Report, also: readonly string[] = []) =>
  readFields(table, raw, { platformClass: 'production', report, also });
