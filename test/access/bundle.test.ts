import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'groundplan-bundles-'));
afterAll(() => rmSync(work, { recursive: true }));

/** Builds a copy of the functions that lies somewhere else, by the real tool. */
const build = (...place: readonly string[]): string => {
  const copy = join(work, ...place);
  mkdirSync(copy, { recursive: true });
  cpSync(join(root, 'functions'), join(copy, 'functions'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  run(copy);
  return copy;
};
const run = (folder: string): void => {
  const script = `import(${JSON.stringify(join(root, 'tools', 'build-functions.mjs'))}).then((tool) => tool.buildFunctions(process.argv[1]))`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, folder], { cwd: tmpdir(), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};
const bundle = (folder: string): string => join(folder, '.build', 'functions', 'access', 'index.js');

describe('the bundle of a function', () => {
  it('has the same bytes wherever it is built, and no path of that place', () => {
    const [one, other] = [build('one'), build('somewhere', 'much', 'deeper')];
    const text = readFileSync(bundle(one), 'utf8');
    expect(text).toContain('// functions/access/index.ts'); // else the lines below may look at nothing
    expect(readFileSync(bundle(other), 'utf8')).toBe(text);
    expect(readFileSync(bundle(root), 'utf8')).toBe(text);
    expect(text).not.toContain('// ../'); // where a file came from, seen from the folder that is built
    for (const place of [root, work]) expect(text).not.toContain(place);
  });

  it('is not written again when nothing changed, and lies alone in its folder', () => {
    const folder = build('again');
    const before = statSync(bundle(folder)).mtimeMs;
    run(folder);
    expect(statSync(bundle(folder)).mtimeMs).toBe(before);
    expect(readdirSync(join(folder, '.build', 'functions', 'access'))).toEqual(['index.js']);
    expect(readdirSync(join(folder, '.build', 'functions')).sort()).toEqual(['access', 'access.zip']);
  });

  it('is what Lambda loads: a handler, with nothing outside but what the runtime has', () => {
    const text = readFileSync(bundle(root), 'utf8');
    const script = `const { handler } = require(${JSON.stringify(bundle(root))}); console.log(typeof handler)`;
    expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim()).toBe('function');
    const outside = [...text.matchAll(/\brequire\("([^"./][^"]*)"\)/g)].map(([, name = '']) => name);
    const builtin = new Set(process.getBuiltinModule('module').builtinModules);
    expect([...new Set(outside.filter((name) => !builtin.has(name.replace('node:', ''))))].sort()).toEqual([
      '@aws-sdk/client-secrets-manager',
      'pg-native', // asked for only by who reads `pg.native`
    ]);
  });
});
