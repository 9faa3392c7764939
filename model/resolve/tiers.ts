import { Places, recordAt, refuseUnknown } from '../read-fields';
import { RESERVED_TIER_NAMES } from '../naming';
import { Report, refusal } from '../problems';
import { listed } from '../words';
import { PlatformContext } from './context';
import { checkKey } from './keys';
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
