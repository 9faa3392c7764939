import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { production } from '../platforms/production';
import { Stacks, synth } from './support/harness';

/** What the documents show of the source, held to the source and to what is synthesized. */
interface Step {
  readonly file: string;
  readonly symbol: string;
}
interface Walk {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly end: { readonly stack: string; readonly path: string; readonly value: string } | undefined;
}

const STEP = /^\| \d+ \| `([^`]+)` \| `([^`]+)` \| /gm;
const END = /^\| \| `cdktf\.out\/stacks\/([^/`]+)\/cdk\.tf\.json` \| `([^`]+)` \| `([^`]+)` \|$/m;

/** Every section that is headed by a value and holds a table of files. */
const walksIn = (text: string): readonly Walk[] =>
  [...text.matchAll(/^### `([^`]+)`\n([^]*?)(?=^##|(?![^]))/gm)].map(([, title = '', section = '']) => {
    const [, stack = '', path = '', value = ''] = END.exec(section) ?? [];
    return {
      title,
      steps: [...section.matchAll(STEP)].map(([, file = '', symbol = '']) => ({ file, symbol })),
      end: stack === '' ? undefined : { stack, path, value },
    };
  });

/** Whatever a file gives a name to, at any depth. */
const declaredIn = (text: string): ReadonlySet<string> => {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) &&
      node.name &&
      ts.isIdentifier(node.name)
    )
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('walk.ts', text, ts.ScriptTarget.ES2022, true));
  return names;
};

const astray = ({ steps }: Walk, read: (file: string) => string): readonly string[] => [
  ...steps
    .filter(({ file, symbol }) => !declaredIn(read(file)).has(symbol))
    .map(({ file, symbol }) => `${file} declares no ${symbol}`),
  ...steps
    .filter(({ file }, index) => steps.findIndex((step) => step.file === file) !== index)
    .map(({ file }) => `${file} is named twice`),
];

const valueAt = (stacks: Stacks, { stack, path }: NonNullable<Walk['end']>): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], stacks[stack]);

describe('the walks of docs/architecture.md', () => {
  const walks = walksIn(readFileSync('docs/architecture.md', 'utf8'));
  const stacks = synth(production);

  it('are two, each from a declaration to the output', () => {
    expect(walks.map(({ title, steps, end }) => [title, steps.length > 5, end !== undefined])).toEqual([
      ["storage: '100 GiB'", true, true],
      ['max: 24', true, true],
    ]);
  });

  it('are found out where a file has no such name, or comes twice', () => {
    const [walk] = walksIn('### `size: 1`\n\n| 1 | `a.ts` | `one` | so |\n| 2 | `a.ts` | `two` | so |\n');
    expect(walk && astray(walk, () => 'export const one = (): void => {}; // two')).toEqual([
      'a.ts declares no two',
      'a.ts is named twice',
    ]);
  });

  it.each(walks.map((walk) => [walk.title, walk] as const))(
    '%s: each file is named once and has its symbol',
    (_, walk) => {
      expect(astray(walk, (file) => readFileSync(file, 'utf8'))).toEqual([]);
    },
  );

  it.each(walks.map((walk) => [walk.title, walk] as const))('%s ends in the stack, with its value', (_, { end }) => {
    expect(end && String(valueAt(stacks, end))).toBe(end?.value);
  });
});

it('the README shows products/shop.ts as it is', () => {
  const declaration = readFileSync('products/shop.ts', 'utf8').replace(/^[^]*?(?=export const shop)/, '');
  expect(declaration).toContain('defineProduct({');
  expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`ts\n${declaration}\`\`\`\n`);
});
