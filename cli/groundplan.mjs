#!/usr/bin/env node
// `npx groundplan …`: the commands are TypeScript, bundled when they are run.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Who reads only the first lines closes the pipe, and has read enough.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1));
process.argv.splice(2, 0, join('cli', 'groundplan.ts'));
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
await import('../tools/run.mjs');
