// What `npm test` runs, from a fresh clone on: packages if they are missing or stale, then types, format and tests side by side.
// Uses nothing but Node, because nothing else may be installed yet. Further arguments are jest's.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { heading, installPackages, root, run } from './set-up.mjs';

const results = join(root, '.build', 'test-results.json');

const node = (script, args, options) => run(process.execPath, [join(root, 'node_modules', script), ...args], options);

/** What jest counted. A file that could not run, or a run that left no results, is a failure too. */
const counted = (code) => {
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const {
    numPassedTests: passed,
    numFailedTests,
    numRuntimeErrorTestSuites,
    numPendingTests,
    numTodoTests,
  } = JSON.parse(readFileSync(results, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped: numPendingTests + numTodoTests };
};

const main = async () => {
  if (!(await installPackages())) return { passed: 0, failed: 1, skipped: 0 };

  heading('tests: jest, with tsc and prettier beside it');
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const [types, format, tests] = await Promise.all([
    node('typescript/bin/tsc', ['--noEmit'], { keep: true }),
    node('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], { keep: true }),
    node('jest/bin/jest.js', ['--ci', '--json', `--outputFile=${results}`, ...process.argv.slice(2)]),
  ]);
  for (const [name, { code, said }] of [
    ['types: tsc', types],
    ['format: prettier', format],
  ]) {
    heading(`${name} found ${code === 0 ? 'no errors' : 'errors'}`);
    if (said) console.log(said);
  }

  const tally = counted(tests.code);
  // These count as one more test each only where they fail: a failure must never read `0 failed`.
  return { ...tally, failed: tally.failed + [types, format].filter(({ code }) => code !== 0).length };
};

const { passed, failed, skipped } = await main();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
