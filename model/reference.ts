import { FieldTable } from './fields';
import { Verb } from './grants';
import { AnyDatumFacts, AnyServiceFacts, dataKindNames, dataKindRow, serviceKindNames, serviceKindRow } from './kinds';
import { platformFields } from './platform-fields';
import { poolFields } from './pool-fields';
import { serviceFields } from './services/kind';
import { shown } from './words';

/** The reference of the declaration, as Markdown: a view of the rows, so that it cannot say anything else than they do. */
export const reference = (): string =>
  [
    '# What a declaration may say',
    '',
    'Written by `npx groundplan reference` from the rows in `model/`; a test compares.',
    'A default below which production may not go without an exception is marked with ◆.',
    'The ledger remembers what can only go up, of a datum and of a platform, and what would replace either of them: a change',
    'of it is refused, and left out it stays what it is, so that a default fills it only once.',
    '',
    ...section('Platform', 'One environment on one account and region.', platformFields),
    ...section('Pool', 'The nodes of a tier: `tiers.<tier>.pool`.', poolFields),
    ...section(
      'Every service',
      'Whatever its kind: `services.<service>`, beside `kind`, `tier`, `uses`, `consumes` and `exceptions`.',
      serviceFields,
    ),
    ...serviceKindNames.flatMap((kind) => {
      const { doc, tier, fields, verbs, responsibilities } = serviceKindRow(kind);
      return [
        ...section(`Service kind \`${kind}\``, `${doc} Tier, unless it says another: \`${tier}\`.`, fields),
        ...offers(verbs),
        ...shared(responsibilities),
      ];
    }),
    ...dataKindNames.flatMap((kind) => {
      const { doc, fields, verbs, responsibilities } = dataKindRow(kind);
      return [...section(`Data kind \`${kind}\``, doc, fields), ...offers(verbs), ...shared(responsibilities)];
    }),
  ].join('\n');

const section = (title: string, doc: string, fields: FieldTable): readonly string[] => [
  `## ${title}`,
  '',
  doc,
  '',
  '| field | what it is | allowed | left out | a change |',
  '|---|---|---|---|---|',
  ...Object.entries(fields).map(
    ([name, row]) =>
      `| \`${name}\` | ${[row.doc, row.allowed.replace(/^must be /, ''), leftOut(row), changeOf(row)].map(cell).join(' | ')} |`,
  ),
  '',
];

const changeOf = ({ change, height, everywhere }: FieldTable[string]): string =>
  [change, ...(height ? ['only up'] : []), ...(everywhere ? ['the same on every platform'] : [])].join('; ');

const cell = (text: string): string => text.replaceAll('|', '\\|');

const leftOut = ({ filled, safety }: FieldTable[string]): string => {
  switch (filled.by) {
    case 'author':
      return '**required**';
    case 'nothing':
      return filled.then;
    case 'default': {
      const { development, staging, production } = filled.values;
      const [first, ...others] = [development, staging, production].map(shown);
      const values = others.every((value) => value === first)
        ? `\`${first}\``
        : `\`${first}\` in development, \`${others[0]}\` in staging, \`${others[1]}\` in production`;
      return `${values}${safety ? ' ◆' : ''}: ${filled.because}`;
    }
  }
};

const offers = (verbs: Readonly<Record<string, Verb<AnyDatumFacts> | Verb<AnyServiceFacts>>>): readonly string[] =>
  Object.keys(verbs).length === 0
    ? []
    : ['Others may:', '', ...Object.entries(verbs).map(([verb, { doc }]) => `- \`${verb}\`: ${doc}`), ''];

const shared = ({
  groundplan,
  product,
}: {
  readonly groundplan: readonly string[];
  readonly product: readonly string[];
}): readonly string[] => [
  ...['Kept by groundplan:', '', ...groundplan.map((line) => `- ${line}`), ''],
  ...['Kept by the product:', '', ...product.map((line) => `- ${line}`), ''],
];
