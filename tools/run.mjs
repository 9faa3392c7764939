// Runs one TypeScript program of this repository: bundled in memory by esbuild, packages left outside.
import { buildSync } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...rest] = process.argv.slice(2);
const outfile = join(root, '.build', `${basename(entry, '.ts')}.cjs`);
mkdirSync(dirname(outfile), { recursive: true });
buildSync({ entryPoints: [resolve(root, entry)], outfile, bundle: true, packages: 'external', platform: 'node', format: 'cjs', target: 'node20', sourcemap: 'inline', logLevel: 'error' });
process.argv = [process.argv[0], outfile, ...rest];
createRequire(import.meta.url)(outfile);
