import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { bigProduct } from './types/big-product';

/**
 * The compiler is one of the declaration's two doors: what it says to an author is part of what we offer. Each file of
 * `types/refused` holds one mistake; a comment on the line above it says what the compiler must say there, and it must
 * say nothing else. `…` stands for words that do not matter.
 */
const root = dirname(__dirname);
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(__dirname, 'types', folder))
    .sort()
    .map((name) => join(__dirname, 'types', folder, name));

interface Said {
  readonly line: number;
  readonly text: string;
}

const said = (program: ts.Program, file: string): readonly Said[] => {
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start = 0, messageText }) => ({
      line: (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1,
      text: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }),
  );
};

const EXPECTATION = /\/\/ refused: (.+)$/;
const expected = (text: string): readonly { readonly line: number; readonly words: readonly string[] }[] =>
  text.split('\n').flatMap((line, index) => {
    const words = EXPECTATION.exec(line)?.[1];
    return words === undefined ? [] : [{ line: index + 2, words: words.split(' … ') }];
  });

describe('the compiler, as the door of a declaration', () => {
  const [refused, accepted] = [filesOf('refused'), filesOf('accepted')];
  const program = ts.createProgram([...refused, ...accepted], options);

  it.each(accepted.map((file) => [basename(file), file]))('lets %s pass without a word', (_name, file) => {
    expect(said(program, file)).toEqual([]);
  });

  it.each(refused.map((file) => [basename(file, '.ts'), file]))(
    'refuses %s with one error, at the mistake',
    (_name, file) => {
      const wanted = expected(program.getSourceFile(file)?.text ?? '');
      expect(wanted).toHaveLength(1);
      // Any order: the compiler lists the members of a union as it happens to meet them.
      const spoken = said(program, file).map(({ line, text }) => ({
        line,
        missing: wanted.flatMap(({ words }) => words.filter((word) => !text.includes(word))),
        text,
      }));
      expect(spoken).toEqual(wanted.map(({ line }) => ({ line, missing: [], text: expect.any(String) })));
    },
  );
});

describe('the cost of names that the compiler checks', () => {
  /** In time of the processor: what else runs on the machine is not its fault. */
  const compiled = (
    text: string,
  ): { readonly program: ts.Program; readonly microseconds: number; readonly errors: readonly Said[] } => {
    const file = join(__dirname, 'types', 'generated.ts');
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.getSourceFile = (name, ...more) =>
      name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...more);
    host.fileExists = (name) => name === file || fileExists.call(host, name);
    const start = process.cpuUsage();
    const program = ts.createProgram([file], options, host);
    const errors = said(program, file);
    return { program, errors, microseconds: process.cpuUsage(start).user };
  };

  const big = compiled(bigProduct(150, 50));

  it('grows no faster than the product: twice the services and stores make at most twice the types', () => {
    const twice = compiled(bigProduct(300, 100));
    expect(big.errors).toEqual([]);
    expect(twice.errors).toEqual([]);
    expect(twice.program.getTypeCount() / big.program.getTypeCount()).toBeLessThan(2.1);
    expect(twice.program.getInstantiationCount() / big.program.getInstantiationCount()).toBeLessThan(2.1);
  });

  it('is a small multiple of compiling the same literal unchecked: 150 services and 50 stores', () => {
    const rounds = [1, 2, 3].map(() => ({
      floor: compiled(bigProduct(150, 50, 'unchecked')).microseconds,
      checked: compiled(bigProduct(150, 50)).microseconds,
    }));
    // The best of a few: noise can only add.
    const best = (of: 'floor' | 'checked'): number => Math.min(...rounds.map((round) => round[of]));
    expect(best('checked') / best('floor')).toBeLessThan(4);
  });

  it('still refuses a misspelt name among so many', () => {
    const [mistake, ...others] = compiled(
      bigProduct(150, 50).replace("'store-000': 'own'", "'store-00O': 'own'"),
    ).errors;
    expect(mistake?.text).toContain("'store-00O'' does not exist");
    expect(others).toEqual([]);
  });
});
