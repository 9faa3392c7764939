/** The five fields of a cron schedule, as numbers. */
export interface Schedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
}

const FIELDS: readonly (readonly [keyof Schedule, least: number, most: number])[] = [
  ['minutes', 0, 59],
  ['hours', 0, 23],
  ['days', 1, 31],
  ['months', 1, 12],
  ['weekdays', 0, 6],
];

/** Kubernetes reads the same five fields: numbers, ranges, lists and steps; nothing where one of them means nothing. */
export const parseSchedule = (text: string): Schedule | undefined => {
  const parts = text.split(' ');
  if (parts.length !== FIELDS.length) return undefined;
  const fields = FIELDS.map(
    ([name, least, most], index) => [name, parseField(parts[index] ?? '', least, most)] as const,
  );
  return fields.every(([, numbers]) => numbers) ? (Object.fromEntries(fields) as unknown as Schedule) : undefined;
};

/** Whether there is a day in four years on which it happens: 30 February is none. */
export const happens = ({ days, months }: Schedule): boolean =>
  months.some((month) => days.some((day) => day <= (DAYS_OF_MONTHS[month - 1] ?? 0)));

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const parseField = (text: string, least: number, most: number): readonly number[] | undefined => {
  const parts = text.split(',').map((part) => parsePart(part, least, most));
  return parts.every((numbers) => numbers) ? parts.flatMap((numbers) => numbers ?? []) : undefined;
};

const parsePart = (text: string, least: number, most: number): readonly number[] | undefined => {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [from, to, step] = match.slice(1).map((digits) => (digits === undefined ? undefined : Number(digits)));
  const [first, last] = [from ?? least, to ?? (from !== undefined && step === undefined ? from : most)];
  if (first < least || last > most || first > last || step === 0) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (number) => (number - first) % (step ?? 1) === 0,
  );
};
