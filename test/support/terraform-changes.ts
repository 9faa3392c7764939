import { PlatformDeclaration, ProductDeclaration } from '../../model';
import { DataKind, dataKindRow } from '../../model/kinds';
import { FieldTable } from '../../model/fields';
import { aPlatform } from './declarations';

/** Changes of a datum that its kind allows, found by asking its rows: a new kind needs no line here. */

/** Things that an author might write; a field takes those that its row reads. */
const WORDS: readonly unknown[] = [
  ...['14', '15', '16', '17', 'single', 'high', 'standard', 'fifo'],
  ...['512 MiB', '4 GiB', '40 GiB', '60 GiB', '400 GiB', '1 TiB', '2 TiB'],
  ...['30s', '3m', '1h', '5d', '7d'],
  ...['db.m7g.large', 'db.r7g.xlarge', 'db.t4g.medium', 'cache.r7g.large', 'cache.m7g.xlarge'],
  ...[1, 2, 3, 7, 10, 14, 35, 100],
  ...[true, false],
];

/** Two or three different values of a field, or somebody has to teach this file its words. */
export const somethingOf = (row: FieldTable[string]): readonly unknown[] => {
  // A field of choices lists them.
  const choices = [...row.allowed.matchAll(/'([^']+)'/g)].map(([, choice]) => choice);
  const values = [...new Set([...WORDS, ...choices])].filter((word) => 'value' in row.read(word));
  if (values.length < 2)
    throw new Error(`no two words here are a value of the field (it ${row.allowed}); add them to WORDS`);
  return values.filter((_value, index) => [0, Math.floor(values.length / 2), values.length - 1].includes(index));
};

/** A platform whose one product has one datum, of which only what is required is said, and `changes`. */
export const platformWithOne = (kind: DataKind, changes: Readonly<Record<string, unknown>>): PlatformDeclaration => {
  const needed = Object.entries(dataKindRow(kind).fields).filter(([, { filled }]) => filled.by === 'author');
  const said = Object.fromEntries(needed.map(([name, row]) => [name, somethingOf(row)[0]]));
  // Fields of any kind at all: the compiler cannot know them, and `resolve` reads them from the same rows.
  const product = {
    name: 'shop',
    owner: 'commerce',
    services: {},
    data: { kept: { kind, ...said, ...changes } },
  } as unknown as ProductDeclaration;
  return aPlatform([{ product }], { class: 'development' });
};
