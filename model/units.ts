/** Quantities with their unit in the text (`'100 GiB'`, `'2m'`), so that a number can never be read in the wrong one. */

export type SizeText = `${number} MiB` | `${number} GiB` | `${number} TiB`;
export type DurationText = `${number}ms` | `${number}s` | `${number}m` | `${number}h` | `${number}d`;

export interface Size {
  readonly mib: number;
  readonly gib: number;
  readonly text: string;
}

export interface Duration {
  readonly seconds: number;
  readonly text: string;
}

const MIB_PER = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const;
const SECONDS_PER = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

export const parseSize = (text: unknown): Size | undefined => {
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?) (MiB|GiB|TiB)$/.exec(text) : null;
  if (!match) return undefined;
  const mib = Number(match[1]) * MIB_PER[match[2] as keyof typeof MIB_PER];
  return Number.isInteger(mib) ? { mib, gib: mib / 1024, text: match[0] } : undefined;
};

export const parseDuration = (text: unknown): Duration | undefined => {
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) : null;
  return match
    ? { seconds: Number(match[1]) * SECONDS_PER[match[2] as keyof typeof SECONDS_PER], text: match[0] }
    : undefined;
};

export const size = (text: SizeText): Size => {
  const parsed = parseSize(text);
  if (!parsed) throw new Error(`'${text}' is not a size`);
  return parsed;
};

export const duration = (text: DurationText): Duration => {
  const parsed = parseDuration(text);
  if (!parsed) throw new Error(`'${text}' is not a duration`);
  return parsed;
};
