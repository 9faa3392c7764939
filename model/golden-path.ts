import { FieldTable, PlatformClass, Values, recordAt, refuseUnknown } from './fields';
import { dataKindNames, dataKindRow, serviceKindNames, serviceKindRow } from './kinds';
import { platformFields } from './platform-fields';
import { poolFields } from './pool-fields';
import { Report } from './problems';
import { serviceFields } from './services/kind';
import { shown } from './words';

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
    row.safety && row.filled.by === 'default' ? [{ thing, field, production: row.filled.values.production, because: row.filled.because }] : [],
  );

/** Refuses what leaves the golden path of production without an exception, and exceptions that excuse nothing. */
export const keepToGoldenPath = <T extends FieldTable>(
  table: T,
  values: Partial<Values<T>>,
  exceptions: unknown,
  context: { readonly platformClass: PlatformClass; readonly report: Report },
): void => {
  const { platformClass, report } = context;
  const excused = exceptions === undefined ? {} : (recordAt(exceptions, report.at('exceptions')) ?? {});
  refuseUnknown(excused, Object.keys(table), report.at('exceptions'));
  for (const [name, row] of Object.entries(table)) {
    if (excused[name] !== undefined) readException(excused[name], report.at('exceptions', name));
    if (platformClass !== 'production' || !(name in values)) continue;
    const shortfall = below(row, values[name as keyof T]);
    if (shortfall !== undefined && excused[name] === undefined) {
      report.at(name).add({ ...shortfall, change: `write ${shortfall.golden}, or an exception with because and until` });
    }
  }
};

const below = (row: FieldTable[string], value: unknown): { seen: string; allowed: string; golden: string } | undefined => {
  if (!row.safety || row.filled.by !== 'default') return undefined;
  const golden: unknown = row.filled.values.production;
  const read = row.read(golden);
  if (!('value' in read) || row.safety(value) >= row.safety(read.value)) return undefined;
  return { seen: spelled(value), allowed: `is below the golden path of production (${shown(golden)}: ${row.filled.because})`, golden: shown(golden) };
};

/** Quantities are shown as their author wrote them. */
const spelled = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'text' in value ? shown(value.text) : shown(value);

const EXCEPTION_FIELDS = ['because', 'until'] as const;

const readException = (raw: unknown, report: Report): void => {
  const exception = recordAt(raw, report);
  if (!exception) return;
  refuseUnknown(exception, EXCEPTION_FIELDS, report);
  const { because, until } = exception;
  if (typeof because !== 'string' || because.trim().length < 3) report.at('because').add({ seen: shown(because), allowed: 'must be a reason', change: 'say why' });
  if (typeof until !== 'string' || !isDay(until)) report.at('until').add({ seen: shown(until), allowed: "must be a day such as '2027-03-31'", change: 'write its last day' });
};

const isDay = (text: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const daysInMonth = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= (daysInMonth[month - 1] ?? 0);
};

