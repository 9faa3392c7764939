import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ledgerOf, resolvePlatforms } from '../model';
import { platforms } from '../platforms';

/**
 * Writes what each platform holds beside its declaration, to be committed with the change that made it; with `--check`
 * only says where that was forgotten.
 */
export const ledger = async (args: readonly string[]): Promise<number> => {
  const checking = args.includes('--check');
  let stale = 0;
  for (const platform of resolvePlatforms(platforms)) {
    const file = join('platforms', 'ledger', `${platform.facts.platform}.json`);
    const wanted = `${JSON.stringify(ledgerOf(platform), null, 2)}\n`;
    const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (found === wanted) continue;
    stale++;
    if (checking)
      console.error(
        `${file}: does not say what ${platform.facts.platform} holds; run 'npx groundplan ledger' and commit it`,
      );
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, wanted);
      console.log(`${file}: written`);
    }
  }
  return checking && stale > 0 ? 1 : 0;
};
