/** Text for a terminal: columns under each other, and a last one that is broken where the line ends. */

/** What most terminals and every review show without breaking it themselves. */
const LINE = 112;
/** A longer word moves its own line along instead of its whole column. */
const WIDEST = 52;
const GAP = 2;

export type Row = readonly string[];

/** The rows with their columns aligned; what does not fit into the last one goes on under it. */
export const aligned = (rows: readonly Row[], indent: number): readonly string[] => {
  const widths = rows.reduce<readonly number[]>(
    (known, row) =>
      row.slice(0, -1).reduce<readonly number[]>((all, cell, column) => {
        const width = Math.max(all[column] ?? 0, cell.length <= WIDEST ? cell.length : 0);
        return [...all.slice(0, column), width, ...all.slice(column + 1)];
      }, known),
    [],
  );
  return rows.flatMap((row) => {
    const start = row
      .slice(0, -1)
      .reduce((line, cell, column) => `${line}${cell.padEnd(widths[column] ?? 0)}${' '.repeat(GAP)}`, spaces(indent));
    const [first = '', ...others] = broken(row.at(-1) ?? '', Math.max(LINE - start.length, SHORTEST));
    return [`${start}${first}`, ...others.map((line) => `${spaces(start.length)}${line}`)].map((line) =>
      line.trimEnd(),
    );
  });
};

/** Narrower than this, a text is no longer read as one. */
const SHORTEST = 30;

const spaces = (count: number): string => ' '.repeat(count);

/** Between words only: names and addresses are copied from the terminal. */
const broken = (text: string, width: number): readonly string[] =>
  text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    return last === undefined || last.length + 1 + word.length > width
      ? [...lines, word]
      : [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
