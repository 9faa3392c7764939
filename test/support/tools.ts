import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Programs of others that heavier checks need. They are looked for where `.ci/run` installs them, then on the PATH;
 * a check whose program is missing says so in one line and the rest goes on.
 */
const FOLDERS = [join('.tools', 'bin'), join('.tools', 'python', 'bin'), ...(process.env.PATH ?? '').split(delimiter)];

export const findTool = (name: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, name)).find(
    (file) => existsSync(file) && spawnSync(file, ['--help'], { stdio: 'ignore' }).error === undefined,
  );

/** `describe` where the program is there, one line and a skip where it is not. In CI nothing may be missing. */
export const describeWith = (name: string, what: string, tests: (program: string) => void): void =>
  describeGiven(name, findTool(name), what, tests);

/** The same for a check that needs more than one program can say of itself. */
export const describeGiven = <T>(name: string, found: T | undefined, what: string, tests: (found: T) => void): void => {
  if (found !== undefined) describe(what, () => tests(found));
  else if (process.env.CI === 'true')
    describe(what, () =>
      it(`needs ${name}`, () => {
        throw new Error(`${name} is not installed, and CI must skip nothing: see .ci/run`);
      }),
    );
  else {
    process.stderr.write(`skipped: ${what} (${name} is not installed; .ci/run says how)\n`);
    describe.skip(what, () => it(`needs ${name}`, () => undefined));
  }
};
