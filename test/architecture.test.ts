import { readFileSync, readdirSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import ts from 'typescript';

/** The rooms of the source and the arrows between them, read from the source itself. Each check returns its breaches. */
type Files = ReadonlyMap<string, ts.SourceFile>;

const ROOMS = ['bench', 'cli', 'constructs', 'demo', 'functions', 'model', 'platforms', 'products', 'stacks', 'test'];
const FRAMEWORK = ['^cdktf$', '^constructs$', '^@cdktf/provider-\\w+/lib/[\\w-]+$'];
/** What each room may import; the rooms that are not listed stand above all others. Packages only by deep path. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '': ['^(model|stacks|platforms)/', '^cdktf$'],
  products: ['^model/index\\.ts$'],
  platforms: ['^(model/index\\.ts|products/.*|platforms/.*)$'],
  model: ['^model/'],
  constructs: ['^(model|constructs)/', '^node:path$', ...FRAMEWORK],
  stacks: ['^(model|constructs|stacks)/', ...FRAMEWORK],
  // What runs in Lambda knows nothing of what deploys it: its own files, what is bundled with it, what the runtime has.
  functions: ['^functions/', '^node:', '^pg$', '^@aws-sdk/client-secrets-manager$'],
  cli: ['^(model|constructs|stacks|platforms|products|cli)/', '^node:', ...FRAMEWORK],
  demo: ['^(model|stacks|platforms|cli|demo)/', '^node:', '^cdktf$'],
};
/** Words that are kinds elsewhere and mean something else where they stand. */
const OTHER_MEANING: Readonly<Record<string, readonly string[]>> = {
  'model/grants.ts': ['sqs'], // the API that a statement is about
  'constructs/network/endpoints.ts': ['sqs'], // the endpoint service of that API
  'constructs/controllers/controller-roles.ts': ['sqs'], // likewise
  'constructs/cluster/cluster.ts': ['api'], // a log of the control plane
};

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
const read = (): Files => {
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => posix.join(room, name)),
  );
  return new Map(
    ['main.ts', ...inRooms.filter((path) => path.endsWith('.ts'))]
      .sort()
      .map((path) => [path, parse(path, readFileSync(path, 'utf8'))]),
  );
};
const fabricated = (texts: Readonly<Record<string, string>>): Files =>
  new Map(Object.entries(texts).map(([path, text]) => [path, parse(path, text)]));

const nodesOf = (node: ts.Node): readonly ts.Node[] => [node, ...node.getChildren().flatMap(nodesOf)];
const each = (files: Files, breaches: (path: string, file: ts.SourceFile) => readonly string[]): readonly string[] =>
  [...files].flatMap(([path, file]) => breaches(path, file).map((breach) => `${path}: ${breach}`));
const room = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
const importsOf = (path: string, file: ts.SourceFile, files: Files): readonly string[] =>
  ts.preProcessFile(file.text).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return fileName;
    const target = posix.join(dirname(path), fileName);
    return [target, `${target}.ts`, posix.join(target, 'index.ts')].find((candidate) => files.has(candidate)) ?? target;
  });

const forbiddenImports = (files: Files): readonly string[] =>
  each(files, (path, file) =>
    importsOf(path, file, files)
      .filter(
        (target) =>
          /^@cdktf\/provider-\w+$/.test(target) ||
          !(MAY_IMPORT[room(path)] ?? ['']).some((allowed) => new RegExp(allowed).test(target)),
      )
      .map((target) => `imports ${target}`),
  );

const cycles = (files: Files): readonly string[] => {
  const [done, found] = [new Set<string>(), [] as string[]];
  const visit = (path: string, trail: readonly string[]): void => {
    const file = files.get(path);
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    else if (file && !done.has(path)) {
      for (const target of importsOf(path, file, files)) visit(target, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of files.keys()) visit(path, []);
  return found;
};

/** What makes an outcome depend on when, where or how often it is computed. */
const impurities = (files: Files): readonly string[] =>
  each(files, (path, file) =>
    room(path) !== 'model'
      ? []
      : nodesOf(file)
          .filter(
            (node) =>
              ts.isIdentifier(node) &&
              /^(process|globalThis|Date|performance|crypto|random|env|require|setTimeout|fetch)$/.test(node.text),
          )
          .map((node) => `mentions ${node.getText()}`),
  );

const exportedBy = (files: Files, index: string): readonly string[] =>
  [...(files.get(index)?.text ?? '').matchAll(/^export \{ (\w+) \} from '\.\/(\S+)';$/gm)]
    .map(([, name, leaf]) => (name === leaf ? name : `${name} from ${leaf}`) ?? '')
    .sort();
const kindsOf = (files: Files, family: string): readonly string[] =>
  [...files]
    .filter(([path, file]) => path.startsWith(`model/${family}/`) && / = (data|service)Kind\(/.test(file.text))
    .map(([path]) => posix.basename(path, '.ts'))
    .sort();
const FAMILIES = ['data', 'services'];

/** A kind is two files of one name and a line in each room's list. */
const incompleteKinds = (files: Files): readonly string[] =>
  FAMILIES.flatMap((family) =>
    ['model', 'constructs'].flatMap((side) => {
      const [kinds, listed] = [kindsOf(files, family), exportedBy(files, `${side}/${family}/index.ts`)];
      return [
        ...kinds
          .filter((kind) => !files.has(`${side}/${family}/${kind}.ts`))
          .map((kind) => `${side}/${family}/${kind}.ts is missing`),
        ...(listed.join() === kinds.join()
          ? []
          : [`${side}/${family}/index.ts lists ${listed.join()} instead of ${kinds.join()}`]),
      ];
    }),
  );

/** Only its own two files, and those that its family's kinds share, may know a kind. */
const namedKinds = (files: Files): readonly string[] =>
  each(files, (path, file) =>
    FAMILIES.flatMap((family) => {
      const kinds = kindsOf(files, family);
      const [side = '', folder, leaf = ''] = path.split('/');
      if (
        !/^(model|constructs|stacks)$/.test(side) ||
        (folder === family && !kinds.includes(posix.basename(leaf, '.ts')))
      )
        return [];
      const own = folder === family ? posix.basename(leaf, '.ts') : '';
      const words = nodesOf(file).flatMap((node) => {
        if (ts.isStringLiteralLike(node)) return [node.text.startsWith('.') ? posix.basename(node.text) : node.text];
        const keys = ts.isObjectLiteralExpression(node) ? node.properties.map(({ name }) => name?.getText() ?? '') : [];
        return keys.every((key) => kinds.includes(key)) ? keys : []; // a table of kinds, written by hand
      });
      return kinds
        .filter((kind) => kind !== own && words.includes(kind) && !OTHER_MEANING[path]?.includes(kind))
        .map((kind) => `names ${kind}`);
    }),
  );

const MADE_ONCE = ['DataTerraformRemoteStateS3', 'S3Backend', 'AwsProvider', 'KubernetesProvider', 'HelmProvider'];
const madeElsewhere = (files: Files): readonly string[] =>
  MADE_ONCE.map(
    (made) =>
      [
        made,
        [...files].flatMap(([path, file]) =>
          /^(bench|test)$/.test(room(path))
            ? []
            : nodesOf(file)
                .filter((node) => ts.isNewExpression(node) && node.expression.getText() === made)
                .map(() => path),
        ),
      ] as const,
  )
    .filter(([, places]) => places.length !== 1)
    .map(([made, places]) => `${made} is made in ${places.join(', ') || 'no file'}`);

/** Leaving the type system needs a reason, in a comment on the line or above it. */
const unexplained = (files: Files): readonly string[] =>
  each(files, (path, file) => {
    const lines = file.text.split('\n');
    const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart()).line;
    const escapes = nodesOf(file)
      .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node))
      .map(lineOf);
    const silenced = lines.flatMap((line, index) =>
      /@ts-(ignore|expect-error|nocheck)\s*$/.test(line) ? [index] : [],
    );
    return /^(model|constructs|functions|stacks)$/.test(room(path))
      ? [...silenced, ...escapes.filter((line) => !/\/\/|\*/.test(`${lines[line - 1]}${lines[line]}`))].map(
          (line) => `line ${line + 1} leaves the type system without saying why`,
        )
      : [];
  });

const untidy = (files: Files): readonly string[] =>
  each(files, (_path, file) => [
    ...(file.text.split('\n').length > 351 ? [`has ${file.text.split('\n').length - 1} lines`] : []),
    ...(/\bTO[D]O\b|\bFIX[M]E\b/.test(file.text) ? ['puts something off'] : []),
    ...(/^export default\b/m.test(file.text) ? ['has a default export'] : []),
  ]);

describe('the architecture', () => {
  const files = read();
  const twin = {
    'model/data/kafka.ts': 'export const kafka = dataKind({',
    'model/data/index.ts': "export { kafka } from './kafka';",
  };

  it.each([
    [
      'arrows between rooms point one way, to bindings by deep path',
      forbiddenImports,
      {
        'model/a.ts': "import { App } from 'cdktf';",
        'constructs/b.ts': "import { B } from '../stacks/b'; import { V } from '@cdktf/provider-aws';",
        'functions/c/index.ts': "import { Client } from 'pg'; import { C } from '../../constructs/c';",
      },
      [
        'model/a.ts: imports cdktf',
        'constructs/b.ts: imports stacks/b',
        'constructs/b.ts: imports @cdktf/provider-aws',
        'functions/c/index.ts: imports constructs/c',
      ],
    ],
    [
      'no files import each other in a circle',
      cycles,
      {
        'model/a.ts': "import { b } from './b';",
        'model/b.ts': "export { c } from './c';",
        'model/c.ts': "import type { a } from './a';",
      },
      ['model/a.ts → model/b.ts → model/c.ts → model/a.ts'],
    ],
    [
      'the model is a function of the declaration alone',
      impurities,
      { 'model/a.ts': "/* a process */ const now = Date.now() + 'Math.random';" },
      ['model/a.ts: mentions Date'],
    ],
    [
      'a kind is two files of one name and a line in each list',
      incompleteKinds,
      twin,
      ['constructs/data/kafka.ts is missing', 'constructs/data/index.ts lists  instead of kafka'],
    ],
    [
      'only its own files name a kind',
      namedKinds,
      {
        ...twin,
        'constructs/watch/a.ts': 'const wait = { kafka: 1 };',
        'stacks/b.ts': "import { kafka } from '../model/data/kafka';",
        'model/data/shared.ts': "'kafka'",
      },
      ['constructs/watch/a.ts: names kafka', 'stacks/b.ts: names kafka'],
    ],
    [
      'backends, remote states and providers are made in one place each',
      madeElsewhere,
      {
        'stacks/a.ts':
          'new S3Backend(); new AwsProvider(); new KubernetesProvider(); new HelmProvider(); new DataTerraformRemoteStateS3();',
        'stacks/b.ts': 'new S3Backend();',
      },
      ['S3Backend is made in stacks/a.ts, stacks/b.ts'],
    ],
    [
      'nothing leaves the type system without a reason',
      unexplained,
      {
        'model/a.ts': "const a: any = 1;\nconst b = a!;\n// @ts-ignore\nconst c = 'any'; // any",
        'stacks/b.ts': '// rows of every type\nconst d: any = 1;',
      },
      [
        'model/a.ts: line 3 leaves the type system without saying why',
        'model/a.ts: line 1 leaves the type system without saying why',
        'model/a.ts: line 2 leaves the type system without saying why',
      ],
    ],
    [
      'files are short and finished',
      untidy,
      { 'model/a.ts': '\n'.repeat(360), 'model/b.ts': '// TO' + 'DO\nexport default 1;' },
      ['model/a.ts: has 360 lines', 'model/b.ts: puts something off', 'model/b.ts: has a default export'],
    ],
  ] as const)('holds: %s', (_rule, breaches, fabrication, found) => {
    expect(breaches(fabricated(fabrication))).toEqual(found); // else the line below proves nothing
    expect(breaches(files)).toEqual([]);
  });
});
