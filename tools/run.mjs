// Runs one TypeScript program of this repository: bundled by esbuild, packages left outside; functions are built before.
import { buildSync } from 'esbuild';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFunctions } from './build-functions.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
buildFunctions();
const [entry, ...rest] = process.argv.slice(2);
const program = join(root, '.build', `${basename(entry, '.ts')}.cjs`);
mkdirSync(dirname(program), { recursive: true });
const { outputFiles } = buildSync({
  entryPoints: [resolve(root, entry)],
  write: false,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'error',
});
// Written aside and moved, so that a second run at the same time never reads half a program.
const unfinished = `${program}.${process.pid}`;
writeFileSync(unfinished, outputFiles[0].contents);
renameSync(unfinished, program);
process.argv = [process.argv[0], program, ...rest];
createRequire(import.meta.url)(program);
