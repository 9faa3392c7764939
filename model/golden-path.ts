import { isDay } from './days';
import { FieldTable, PlatformClass } from './fields';
import { Places, ReadFields, recordAt, refuseUnknown } from './read-fields';
import { dataKindNames, dataKindRow, serviceKindNames, serviceKindRow } from './kinds';
import { platformFields } from './platform-fields';
import { poolFields } from './pool-fields';
import { Report, isReason, refusal } from './problems';
import { serviceFields } from './services/kind';
import { asWritten, shown } from './words';

/**
 * The golden path: in production, no value less safe than the production default, or a reason and a last day. It is a
 * view of the fields' rows; there is no second list.
 */
export interface GoldenRow {
  readonly thing: string;
  readonly field: string;
  readonly production: unknown;
  readonly because: string;
}

export const goldenPath = (): readonly GoldenRow[] => [
  ...rowsOf('platform', platformFields),
  ...rowsOf('pool', poolFields),
  ...rowsOf('service', serviceFields),
  ...serviceKindNames.flatMap((kind) => rowsOf(kind, serviceKindRow(kind).fields)),
  ...dataKindNames.flatMap((kind) => rowsOf(kind, dataKindRow(kind).fields)),
];

const rowsOf = (thing: string, table: FieldTable): readonly GoldenRow[] =>
  Object.entries(table).flatMap(([field, row]) =>
    row.safety && row.filled.by === 'default'
      ? [{ thing, field, production: row.filled.values.production, because: row.filled.because }]
      : [],
  );

/** Refuses what leaves the golden path of production without an exception, and exceptions that excuse nothing. */
export const keepToGoldenPath = (
  table: FieldTable,
  { values, origins }: Pick<ReadFields<FieldTable>, 'values' | 'origins'>,
  exceptions: { readonly declared: unknown; readonly override?: unknown },
  { platformClass, report, overrideReport }: Places & { readonly platformClass: PlatformClass },
): void => {
  const ranked = Object.keys(table).filter((name) => table[name]?.safety);
  const declared = readExceptions(exceptions.declared, ranked, report.at('exceptions'));
  const overriding = readExceptions(exceptions.override, ranked, overrideReport.at('exceptions'));
  if (platformClass !== 'production') return;
  for (const name of ranked) {
    const row = table[name];
    if (!row || !(name in values)) continue;
    const overridden = origins[name]?.from === 'override';
    const shortfall = below(row, values[name]);
    if (shortfall) {
      if (!declared.may(name) && !overriding.may(name))
        (overridden ? overrideReport : report)
          .at(name)
          .add({ ...shortfall, change: `write ${shortfall.golden}, or an exception with because and until` });
      continue;
    }
    const idle = {
      seen: spelled(values[name]),
      allowed: 'is not below the golden path of production, so that there is nothing to excuse',
      change: 'remove the exception',
    };
    if (overriding.written(name)) overrideReport.at('exceptions', name).add(idle);
    // What a product excuses may well be needed on the platforms that do not override it.
    if (declared.written(name) && !overridden) report.at('exceptions', name).add(idle);
  }
};

interface Exceptions {
  /** An exception that can be judged: it has no problem of its own. */
  readonly written: (field: string) => boolean;
  /** Whether its author excused the field, or tried to: a mistake in an exception is told once. */
  readonly may: (field: string) => boolean;
}

const readExceptions = (raw: unknown, ranked: readonly string[], report: Report): Exceptions => {
  const fields = raw === undefined ? {} : recordAt(raw, report);
  if (!fields) return { written: () => false, may: () => true };
  const meant = refuseUnknown(fields, ranked, report, 'a field that the golden path ranks');
  const sound = new Set(
    ranked.filter((name) => fields[name] !== undefined && readException(fields[name], report.at(name))),
  );
  return { written: (field) => sound.has(field), may: (field) => fields[field] !== undefined || meant.has(field) };
};

const below = (
  row: FieldTable[string],
  value: unknown,
): { seen: string; allowed: string; golden: string } | undefined => {
  if (!row.safety || row.filled.by !== 'default') return undefined;
  const golden: unknown = row.filled.values.production;
  const read = row.read(golden);
  if (!('value' in read) || row.safety(value) >= row.safety(read.value)) return undefined;
  return {
    seen: spelled(value),
    allowed: `is below the golden path of production (${shown(golden)}: ${row.filled.because})`,
    golden: shown(golden),
  };
};

const spelled = (value: unknown): string => shown(asWritten(value));

const EXCEPTION_FIELDS = ['because', 'until'] as const;

const readException = (raw: unknown, report: Report): boolean => {
  const exception = recordAt(raw, report, "{ because: '…', until: '…' }");
  if (!exception) return false;
  const meant = refuseUnknown(exception, EXCEPTION_FIELDS, report);
  const { because, until } = exception;
  const reasoned = isReason(because);
  const ends = typeof until === 'string' && isDay(until);
  if (!reasoned && !meant.has('because')) report.at('because').add(refusal(because, 'must be a reason', 'say why'));
  if (!ends && !meant.has('until'))
    report.at('until').add(refusal(until, "must be a day such as '2027-03-31'", 'write its last day'));
  if (!reasoned || !ends || meant.size > 0) return false;
  report.excuse({ because, until });
  return true;
};
