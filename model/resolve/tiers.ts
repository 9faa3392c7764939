import { ReadFields, Values, readFields, recordAt, refuseUnknown } from '../fields';
import { keepToGoldenPath } from '../golden-path';
import { KEY_ALLOWED, KEY_PATTERN, RESERVED_TIER_NAMES } from '../naming';
import { poolFields, poolRules } from '../pool-fields';
import { Report } from '../problems';
import { Region } from '../regions';
import { ResolvedPool } from '../resolved';
import { applyRules } from '../rules/rule';
import { Choice, chooseInstance, instanceType, instanceTypeNames, isOffered } from '../sizing';
import { didYouMean, listed, shown } from '../words';
import { Places, PlatformContext } from './context';

export interface TierDraft {
  readonly name: string;
  readonly retired: boolean;
  readonly pool: ReadFields<typeof poolFields>;
}

const TIER_KEYS = ['pool', 'retired'] as const;
const LONGEST_TIER = 20;

export const readTier = (name: string, raw: unknown, override: unknown, platform: PlatformContext, { report, overrideReport }: Places): TierDraft => {
  checkKey(name, LONGEST_TIER, report);
  if (RESERVED_TIER_NAMES.includes(name)) report.add({ seen: `'${name}'`, allowed: `is the name of a stack (${listed(RESERVED_TIER_NAMES)})`, change: 'choose another name' });
  const tier = recordAt(raw, report) ?? {};
  refuseUnknown(tier, TIER_KEYS, report);
  if (tier.retired !== undefined && tier.retired !== true) report.at('retired').add({ seen: shown(tier.retired), allowed: 'must be true where it is written', change: 'write retired: true, or remove it' });
  const overridden = override === undefined ? {} : (recordAt(override, overrideReport) ?? {});
  refuseUnknown(overridden, ['pool'], overrideReport);

  const declared = tier.pool === undefined ? {} : tier.pool;
  const place = report.at('pool');
  const pool = readFields(poolFields, declared, { override: overridden.pool, platformClass: platform.class, report: place, overrideReport: overrideReport.at('pool'), also: ['exceptions'] });
  const exceptions = typeof declared === 'object' && declared !== null && 'exceptions' in declared ? declared.exceptions : undefined;
  applyRules(poolRules, pool.values, platform.class, place);
  keepToGoldenPath(poolFields, pool.values, exceptions, { platformClass: platform.class, report: place });
  if (platform.region) checkInstance(pool.values, platform.region, place);
  return { name, retired: tier.retired === true, pool };
};

export const finishPool = ({ pool }: TierDraft, region: Region): ResolvedPool => {
  const values = pool.values as Values<typeof poolFields>;
  const choice = choose(values, region);
  if (!choice) throw new Error('a pool without an instance type was not refused');
  return { ...values, type: choice.chosen, alternatives: choice.alternatives, because: choice.because, origins: pool.origins };
};

const choose = (pool: Pick<Values<typeof poolFields>, 'instance' | 'profile' | 'size' | 'architecture'>, region: Region): Choice | undefined => {
  if (pool.instance === undefined) return chooseInstance({ ...pool, region });
  const pinned = instanceType(pool.instance);
  return pinned && { chosen: pinned, alternatives: [], because: 'pinned by the declaration' };
};

const checkInstance = (pool: Partial<Values<typeof poolFields>>, region: Region, report: Report): void => {
  const { instance, profile, size, architecture } = pool;
  if (!('instance' in pool) || profile === undefined || size === undefined || architecture === undefined) return;
  if (instance === undefined) {
    if (!chooseInstance({ profile, size, architecture, region })) {
      report.at('profile').add({ seen: `'${profile}' in size '${size}' for ${architecture}`, allowed: `is not offered in every zone used of ${region}`, change: 'choose another size or architecture' });
    }
    return;
  }
  const type = instanceType(instance);
  if (!type) {
    report.at('instance').add({ seen: shown(instance), allowed: 'must be in the instance catalogue', change: didYouMean(instance, instanceTypeNames(), 'choose one of its types, or leave profile and size to choose') });
  } else if (type.architecture !== architecture) {
    report.at('instance').add({ seen: `${shown(instance)}, which is ${type.architecture}`, allowed: `must fit architecture '${architecture}'`, change: `choose another type, or write architecture: '${type.architecture}'` });
  } else if (!isOffered(type, region)) {
    report.at('instance').add({ seen: shown(instance), allowed: `is not offered in every zone used of ${region}`, change: 'choose another type' });
  }
};

/** Names that authors give: short enough for everything that is made of them. */
export const checkKey = (name: string, longest: number, report: Report): boolean => {
  if (KEY_PATTERN.test(name) && name.length <= longest) return true;
  report.add({ seen: shown(name), allowed: `${KEY_ALLOWED}, ${longest} characters at most`, change: 'choose another name' });
  return false;
};
