import { AnyField, FieldTable, absent } from './fields';
import { isToken } from './plain';
import { Complaint } from './problems';
import { asWritten, shown } from './words';

/**
 * What the ledger remembers of a thing's fields: those whose change would replace it, and those that can only rise. Which
 * they are is said by the rows; there is no second list.
 */
export interface HeldFields {
  /** As an author would write them. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What to do instead of changing what cannot be changed. */
  readonly instead: string;
}

const isHeld = ({ change, height }: AnyField): boolean => change === 'replaces' || height !== undefined;

/**
 * The rows that a ledger reads these fields by: it may be older than some of them, and hold what is no longer offered,
 * from which the way can only lead up.
 */
export const heldTable = (table: FieldTable): FieldTable =>
  Object.fromEntries(
    Object.entries(table)
      .filter(([, row]) => isHeld(row))
      .map(([name, row]) => [
        name,
        { ...row, filled: absent('it was not remembered yet'), ...(row.height && { read: orFormer(row) }) },
      ]),
  );

const orFormer =
  ({ read, choices }: AnyField): AnyField['read'] =>
  (raw) => {
    const outcome = read(raw);
    return 'value' in outcome || !choices || typeof raw !== 'string' || isToken(raw) ? outcome : { value: raw };
  };

/** What is to be remembered of these values. */
export const fieldsToHold = (
  table: FieldTable,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(heldTable(table))
      .filter((name) => values[name] !== undefined)
      .sort()
      .map((name) => [name, asWritten(values[name])]),
  );

/** What is held of one field, if it is a field that is held. */
export const heldOf = (name: string, row: AnyField, held: HeldFields | undefined): unknown =>
  held && isHeld(row) ? held.fields[name] : undefined;

/** What is wrong with a value where another is held already. */
export const departsFrom = (
  row: AnyField,
  held: unknown,
  value: unknown,
  { instead }: Pick<HeldFields, 'instead'>,
): Complaint | undefined => {
  const before = row.read(held);
  if (!('value' in before)) return undefined;
  const [seen, was] = [shown(asWritten(value)), shown(asWritten(before.value))];
  if (row.height)
    return row.height(value) >= row.height(before.value)
      ? undefined
      : {
          seen,
          allowed: `must not fall below ${was}, which it has on this platform and cannot go back from`,
          change: `keep ${was} or more, or ${instead}`,
        };
  return seen === was
    ? undefined
    : {
        seen,
        allowed: `must stay ${was}, because what is deployed cannot be changed to another`,
        change: `keep ${was}, or ${instead}`,
      };
};
