import { FieldTable } from '../fields';
import { Report, refusal } from '../problems';
import { ReadFields, recordAt } from '../read-fields';
import { didYouMean, listed, shown } from '../words';

/** What is read of a thing whose kind is a problem: rules that need a field stay silent. */
export const NO_FIELDS: ReadFields<FieldTable> = { values: {}, origins: {}, meant: new Set() };

export const refuseKind = (kind: unknown, known: readonly string[], report: Report): void =>
  report.add(
    refusal(
      kind,
      `must be one of ${listed(known.map(shown))}`,
      kind === undefined ? 'add it' : didYouMean(kind, known, 'write one of these'),
    ),
  );

/** An override may name fields only: what a thing is, and where it belongs, is the same on every platform. */
export const refuseFixed = (
  override: unknown,
  fixed: readonly string[],
  report: Report,
): Readonly<Record<string, unknown>> | undefined => {
  if (override === undefined) return undefined;
  const record = recordAt(override, report) ?? {};
  for (const name of fixed.filter((key) => key in record)) {
    report.at(name).add({
      seen: shown(record[name]),
      allowed: 'may not differ between platforms',
      change: 'change it in the product itself',
    });
  }
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fixed.includes(name)));
};
