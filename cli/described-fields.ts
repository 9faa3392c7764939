import { FieldTable } from '../model/fields';
import { Origin } from '../model/read-fields';
import { Origins } from '../model/resolved';
import { asWritten, shown } from '../model/words';
import { Row } from './columns';

/** Each field of a table: what it is, and whose word that is. */
export const describedFields = (
  table: FieldTable,
  values: Readonly<Record<string, unknown>>,
  origins: Origins,
): readonly Row[] =>
  Object.keys(table).flatMap((name) => {
    const origin = origins[name];
    return origin
      ? [[name, values[name] === undefined ? '–' : shown(asWritten(values[name])), describedOrigin(origin)]]
      : [];
  });

const describedOrigin = (origin: Origin): string => {
  switch (origin.from) {
    case 'declared':
      return 'declared';
    case 'override':
      return 'declared for this platform';
    case 'held':
      return 'left out: what it has here already, by the ledger';
    case 'default':
      return `default: ${origin.because}`;
    case 'nothing':
      return `left out: ${origin.because}`;
  }
};
