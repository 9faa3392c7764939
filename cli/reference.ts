import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reference as rendered } from '../model/reference';

/** Writes the reference of the declaration, from the rows that the declaration is checked with. */
export const reference = async (): Promise<number> => {
  const file = join('docs', 'reference.md');
  writeFileSync(file, rendered());
  console.log(`${file}: written`);
  return 0;
};
