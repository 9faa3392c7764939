// What `npm run demo` and `npm run demo:down` run, from a fresh clone on: packages if they are missing or stale, then
// demo/demo.ts.
import { join } from 'node:path';
import { installPackages, root } from './set-up.mjs';

process.chdir(root);
if (await installPackages()) {
  process.argv.splice(2, 0, join('demo', 'demo.ts'));
  await import('./run.mjs');
} else {
  console.error('demo: npm could not install the packages; what it says above has to be mended first');
  process.exitCode = 1;
}
