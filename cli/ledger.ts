import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PlatformDeclaration, ResolvedPlatform, resolvePlatforms } from '../model';
import { platforms } from '../platforms';
import { Arguments } from './arguments';

/** What a platform holds, beside what its file says that it holds. */
export interface LedgerState {
  readonly file: string;
  /** The file as it should be. */
  readonly wanted: string;
  /** What must be mended by hand before anything is written, if there is such a thing. */
  readonly astray: string | undefined;
  readonly stale: boolean;
}

/**
 * Writes what each platform holds beside its declaration, to be committed with the change that made it; with `--check`
 * only says where that was forgotten. Nothing is written where a platform does not look at its file: what the file
 * remembers would be lost.
 */
export const ledger = async ({ flags }: Arguments): Promise<number> => {
  let failed = false;
  const resolved = resolvePlatforms(platforms);
  for (const [index, platform] of resolved.entries()) {
    const { file, wanted, astray, stale } = ledgerState(platform, platforms[index], readIfThere);
    if (astray !== undefined) {
      failed = true;
      console.error(`${file}: ${astray}`);
    } else if (stale && flags.has('--check')) {
      failed = true;
      console.error(
        `${file}: does not say what ${platform.facts.platform} holds; run 'npx groundplan ledger' and commit it`,
      );
    } else if (stale) {
      const first = !existsSync(file);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, wanted);
      console.log(`${file}: written${first ? `; ${howToImport(platform.facts.platform)}` : ''}`);
    }
  }
  return failed ? 1 : 0;
};

export const ledgerState = (
  { facts: { platform }, ledger: held }: ResolvedPlatform,
  declared: PlatformDeclaration | undefined,
  read: (file: string) => string | undefined,
): LedgerState => {
  const file = join('platforms', 'ledger', `${platform}.json`);
  const wanted = `${JSON.stringify(held, null, 2)}\n`;
  const found = read(file);
  return { file, wanted, astray: whyAstray(platform, declared?.ledger, found), stale: found !== wanted };
};

/** A ledger is worth nothing unless its platform looks at it, and at no other. */
const whyAstray = (platform: string, imported: unknown, found: string | undefined): string | undefined => {
  if (found === undefined)
    return imported === undefined
      ? undefined
      : `is missing, while ${platform} has a ledger from elsewhere; move that here, and ${howToImport(platform)}`;
  const remembered = parsed(found);
  if (remembered === undefined) return 'is no JSON; restore it as it was committed last';
  if (imported === undefined) return `is not what ${platform} looks at; ${howToImport(platform)}`;
  return isDeepStrictEqual(imported, remembered)
    ? undefined
    : `is not the ledger that ${platform} looks at; ${howToImport(platform)}`;
};

const howToImport = (platform: string): string =>
  `write import ledger from './ledger/${platform}.json' and give it to the platform as ledger`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const readIfThere = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
