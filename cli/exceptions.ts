import { resolvePlatforms } from '../model';
import { isDay } from '../model/days';
import { Excused } from '../model/problems';
import { platforms } from '../platforms';
import { Arguments } from './arguments';
import { UserError } from './user-error';

/** Lists what leaves the golden path, and fails for what has ended: the model has no clock, so somebody must look. */
export const exceptions = async ({ flags }: Arguments): Promise<number> => {
  const today = flags.get('--today') ?? dayOf(new Date());
  if (!isDay(today)) throw new UserError(`'${today}' is no day; write it like '2027-03-31'`);
  const all = resolvePlatforms(platforms).flatMap(({ excused }) => excused);
  for (const one of all) (hasEnded(one, today) ? console.error : console.log)(described(one, today));
  if (all.length === 0) console.log('nothing leaves the golden path');
  return all.some((one) => hasEnded(one, today)) ? 1 : 0;
};

/** Its last day is a day of it. */
export const hasEnded = ({ until }: Pick<Excused, 'until'>, today: string): boolean => until < today;

/** The day in UTC, so that it is the same day for everyone. */
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

export const described = (one: Excused, today: string): string => {
  const { where, path, because, until } = one;
  const end = hasEnded(one, today)
    ? `ended on ${until}; go back to the golden path, or write a new last day with its reason`
    : `until ${until}`;
  return `${where}: ${path}: ${because}; ${end}`;
};
