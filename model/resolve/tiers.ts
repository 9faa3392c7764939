import { Places, recordAt, refuseUnknown } from '../read-fields';
import { KEY_ALLOWED, KEY_PATTERN, RESERVED_TIER_NAMES } from '../naming';
import { Report, refusal } from '../problems';
import { listed } from '../words';
import { PlatformContext } from './context';
import { PoolDraft, readPool } from './pools';

export interface TierDraft extends PoolDraft {
  readonly name: string;
  readonly retired: boolean;
}

const TIER_KEYS = ['pool', 'retired'] as const;
const LONGEST_TIER = 20;

export const readTier = (
  name: string,
  raw: unknown,
  override: unknown,
  platform: PlatformContext,
  { report, overrideReport }: Places,
): TierDraft => {
  checkKey(name, LONGEST_TIER, report);
  if (RESERVED_TIER_NAMES.includes(name))
    report.add({
      seen: `'${name}'`,
      allowed: `is the name of a stack (${listed(RESERVED_TIER_NAMES)})`,
      change: 'choose another name',
    });
  const tier = recordAt(raw, report) ?? {};
  refuseUnknown(tier, TIER_KEYS, report);
  const overridden = override === undefined ? {} : (recordAt(override, overrideReport) ?? {});
  refuseUnknown(overridden, ['pool'], overrideReport);

  const pool = readPool(tier.pool, overridden.pool, platform, {
    report: report.at('pool'),
    overrideReport: overrideReport.at('pool'),
  });
  return { name, retired: readRetired(tier.retired, report.at('retired')), ...pool };
};

/** `retired: true` is a step that one takes, no setting. */
export const readRetired = (raw: unknown, report: Report): boolean => {
  if (raw !== undefined && raw !== true)
    report.add(refusal(raw, 'must be true where it is written', 'write retired: true, or remove it'));
  return raw === true;
};

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
