import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from './user-error';

/** Where `cdktf synth` puts the app. */
export const OUTPUT = 'cdktf.out';

/**
 * The stacks of a synthesized app by name, each with its folder. From its manifest: folders of stacks that were removed
 * since are never cleaned away.
 */
export const synthesizedStacks = (output: string): ReadonlyMap<string, string> => {
  const file = join(output, 'manifest.json');
  if (!existsSync(file)) throw new UserError("nothing is synthesized yet; run 'npx cdktf synth' first");
  const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly name: string; readonly synthesizedStackPath: string }>>;
  };
  return new Map(
    Object.values(stacks)
      .map(({ name, synthesizedStackPath }) => [name, join(output, dirname(synthesizedStackPath))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** The folders of those that were asked for by name; all of them if none was. */
export const chosen = (stacks: ReadonlyMap<string, string>, names: readonly string[]): readonly [string, string][] => {
  const unknown = names.filter((name) => !stacks.has(name));
  if (unknown.length > 0)
    throw new UserError(`no stack is called ${unknown.join(', ')}; there are ${[...stacks.keys()].join(', ')}`);
  return [...stacks].filter(([name]) => names.length === 0 || names.includes(name));
};
