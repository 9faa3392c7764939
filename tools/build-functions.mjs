// Bundles every folder of functions/ into what Lambda can run: .build/functions/<name>/index.js, and <name>.zip of it.
// The same source gives the same bytes wherever it lies: a bundle's digest decides whether a function is deployed anew.
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));

/** Returns the folders, by function. */
export const buildFunctions = (root = home) =>
  Object.fromEntries(
    readdirSync(join(root, 'functions'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .map((name) => [name, buildFunction(root, name)]),
  );

const buildFunction = (root, name) => {
  const folder = join(root, '.build', 'functions', name);
  const { outputFiles } = buildSync({
    absWorkingDir: root, // esbuild notes where each file came from, seen from here
    entryPoints: [join('functions', name, 'index.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // The runtime brings the SDK; `pg` asks for its native twin only where that is wanted, which is not here.
    external: ['@aws-sdk/*', 'pg-native'],
    // Else a folder of packages that lies elsewhere would leave its own path in the bundle.
    preserveSymlinks: true,
    tsconfigRaw: {},
    logLevel: 'error',
  });
  const { contents } = outputFiles[0];
  writeIfChanged(join(folder, 'index.js'), Buffer.from(contents));
  writeIfChanged(`${folder}.zip`, Buffer.from(zipSync({ 'index.js': [contents, { mtime: FIRST_DAY }] })));
  return folder;
};

/** The first that an archive can write; in local time, as archives are. */
const FIRST_DAY = new Date(1980, 0, 1);

/** Written aside and moved, so that a second run at the same time never reads half a bundle. */
const writeIfChanged = (file, contents) => {
  if (existsSync(file) && readFileSync(file).equals(contents)) return;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, file);
};
