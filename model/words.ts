/** Words for messages: how a value, a list and a likely meaning are spelled to people. */

export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
};

const LONGEST_SHOWN = 80;

export const listed = (words: readonly string[]): string => (words.length === 0 ? '(none declared)' : words.join(', '));

/** `; did you mean 'orders'?` material: the nearest known word, if it is near enough to be a slip of the hand. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'));
  return ranked[0]?.candidate;
};

/** What to change when a word is not one of the known: the likely meaning, else the general advice. */
export const didYouMean = (word: string, known: readonly string[], otherwise: string): string => {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `did you mean '${near}'?`;
};

const editDistance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};
