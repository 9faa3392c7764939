/** One thing that happened, for whom. Fields are names, counts and SQL without passwords; never a value or a token. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly did: string;
  readonly service?: string;
  readonly step?: string;
  /** What was changed in the database, statement by statement. */
  readonly statements?: readonly string[];
  readonly because?: string;
}

export type Log = (entry: LogEntry) => void;

/** One JSON object a line, with what is the same for all lines of one call. */
export const jsonLog =
  (write: (line: string) => void, always: Readonly<Record<string, string>>): Log =>
  (entry) =>
    write(JSON.stringify({ ...always, ...entry }));

/** An error's own words, without what must not be read in a log: AWS quotes tokens in some of its messages. */
export const wordsOf = (error: unknown, hidden: readonly string[] = []): string => {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown';
  return hidden.filter((text) => text !== '').reduce((text, secret) => text.replaceAll(secret, '(hidden)'), words);
};
