import { fieldsOf } from './plain';

/** Words for messages: how a value, a list and a likely meaning are spelled to people. */

/** A value as its author would write it, cut where it is long or deep. */
export const shown = (value: unknown): string => shownTo(DEEPEST_SHOWN, value);

const shownTo = (depth: number, value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value))
    return depth === 0 ? '[…]' : cut(`[${some(value, (inner) => shownTo(depth - 1, inner)).join(', ')}]`);
  const [fields, names] = [fieldsOf(value), Object.keys(value)];
  if (!fields) return 'an instance of a class';
  if (names.length === 0) return '{}';
  return depth === 0
    ? '{ … }'
    : cut(`{ ${some(names, (name) => `${key(name)}: ${shownTo(depth - 1, fields[name])}`).join(', ')} }`);
};

const DEEPEST_SHOWN = 3;
const LONGEST_SHOWN = 80;

/** No more of a long list than can be shown. */
const some = <V>(values: readonly V[], show: (value: V) => string): readonly string[] =>
  Array.from({ length: Math.min(values.length, LONGEST_SHOWN) }, (_, index) => show(values[index] as V));
const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
const key = (name: string): string => (/^[A-Za-z_$][\w$]{0,63}$/.test(name) ? name : quoted(name));
/** In the quotes of this repository's code; line breaks and the like escaped, so that a problem stays one line. */
const quoted = (text: string): string =>
  `'${JSON.stringify(cut(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** Quantities are spelled as their author wrote them. */
export const asWritten = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'text' in value ? value.text : value;

export const listed = (words: readonly string[]): string =>
  words.length === 0 ? 'none is declared' : words.join(', ');

/** `did you mean 'orders'?` material: the nearest known word, if it is near enough to be a slip of the hand. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= LARGEST_SLIP && !differInDigits(word, candidate))
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.min(LARGEST_SLIP, Math.floor((candidate.length + 1) / 2) - 1))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'));
  return ranked[0]?.candidate;
};

const LARGEST_SLIP = 2;

/** `eu-west-2` is no slip for `eu-west-1`, nor is version 13 one for 14. */
const differInDigits = (a: string, b: string): boolean => a !== b && a.replace(/\d+/g, '') === b.replace(/\d+/g, '');

/** What to change when a word is not one of the known: the likely meaning, else the general advice. */
export const didYouMean = (word: unknown, known: readonly (string | number)[], otherwise: string): string => {
  if (typeof word !== 'string' && typeof word !== 'number') return otherwise;
  const words = known.map(String);
  const near = words.includes(String(word)) ? String(word) : nearest(String(word), words);
  return near === undefined ? otherwise : `did you mean ${shown(known[words.indexOf(near)])}?`;
};

/** Letters left out, added, changed, or two of them swapped. */
const editDistance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped));
    }
  }
  return at(a.length, b.length);
};
