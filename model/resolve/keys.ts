import { KEY_ALLOWED, KEY_PATTERN } from '../naming';
import { Report, refusal } from '../problems';

/** Names that authors give: short enough for everything that is made of them. */
export const checkKey = (name: unknown, longest: number, report: Report): name is string => {
  if (isKey(name, longest)) return true;
  const repaired =
    typeof name === 'string'
      ? name
          .slice(0, longest)
          .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '')
      : '';
  const change =
    isKey(repaired, longest) && String(name).length <= longest ? `write '${repaired}'` : 'choose another name';
  report.add(refusal(name, `${KEY_ALLOWED}, ${longest} characters at most`, name === undefined ? 'add it' : change));
  return false;
};

// The length first: a pattern takes long over a text that nobody meant as a name.
export const isKey = (name: unknown, longest: number): name is string =>
  typeof name === 'string' && name.length <= longest && KEY_PATTERN.test(name);
