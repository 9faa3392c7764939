import { didYouMean, listed } from '../model/words';
import { UserError } from './user-error';

/** What stands behind a command. */
export interface Arguments {
  /** By flag: its value, or nothing where it takes none. */
  readonly flags: ReadonlyMap<string, string | undefined>;
  readonly names: readonly string[];
}

/**
 * Reads what stands behind a command by its usage, which is what people are shown: `[--today DAY]` is a flag with a
 * value, `[STACK …]` are names, `PRODUCT` behind the command is one that must be there. Anything else is refused, because
 * a misspelt `--check` must not write.
 */
export const readArguments = (command: string, usage: string, args: readonly string[]): Arguments => {
  const known = new Map(
    [...usage.matchAll(/(--[a-z-]+)(?: ([A-Z]+))?/g)].map(([, flag = '', value]) => [flag, value] as const),
  );
  const needed = /^\S+ ([A-Z]+)/.exec(usage)?.[1];
  const most = / …\]/.test(usage) ? Infinity : Number(needed !== undefined);
  const flags = new Map<string, string | undefined>();
  const names: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      if (names.length >= most)
        throw new UserError(`${command}: '${word}' has no meaning here; usage: npx groundplan ${usage}`);
      names.push(word);
      continue;
    }
    if (!known.has(word))
      throw new UserError(
        `${command}: '${word}' is not one of its flags (${known.size === 0 ? 'it has none' : listed([...known.keys()])}); ${didYouMean(word, [...known.keys()], `usage: npx groundplan ${usage}`)}`,
      );
    if (flags.has(word)) throw new UserError(`${command}: '${word}' is written twice; write it once`);
    const wanted = known.get(word);
    const value = wanted === undefined ? undefined : rest.shift();
    if (wanted !== undefined && (value === undefined || value.startsWith('-')))
      throw new UserError(`${command}: '${word}' needs a value; write ${word} ${wanted}`);
    flags.set(word, value);
  }
  if (needed !== undefined && names.length === 0)
    throw new UserError(`${command}: ${needed} is missing; usage: npx groundplan ${usage}`);
  return { flags, names };
};
