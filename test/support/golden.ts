import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compares with a file in `test/golden/`. `UPDATE_GOLDEN=1 npx jest` writes them: a deliberate act, whose difference is
 * read in review.
 */
export const expectGolden = (name: string, content: string): void => {
  const file = join('test', 'golden', name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  if (!existsSync(file)) throw new Error(`${file} is missing; run UPDATE_GOLDEN=1 npx jest and read what it writes`);
  expect(content).toBe(readFileSync(file, 'utf8'));
};
