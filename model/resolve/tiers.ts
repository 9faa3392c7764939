import { Values } from '../fields';
import { Places, ReadFields, placeOf, readFields, recordAt, refuseUnknown } from '../read-fields';
import { keepToGoldenPath } from '../golden-path';
import { KEY_ALLOWED, KEY_PATTERN, RESERVED_TIER_NAMES } from '../naming';
import { fieldsOf } from '../plain';
import { poolFields, poolRules } from '../pool-fields';
import { Report, refusal } from '../problems';
import { Region } from '../regions';
import { ResolvedPool } from '../resolved';
import { applyRules } from '../rules/rule';
import { Choice, InstanceType, chooseInstance, instanceType, instanceTypeNames, isOffered } from '../sizing';
import { didYouMean, listed, shown } from '../words';
import { PlatformContext } from './context';

export interface TierDraft {
  readonly name: string;
  readonly retired: boolean;
  readonly pool: ReadFields<typeof poolFields>;
  /** What its nodes are; missing where that is a problem. */
  readonly type: InstanceType | undefined;
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

  const declared = tier.pool === undefined ? {} : tier.pool;
  const places: Places = { report: report.at('pool'), overrideReport: overrideReport.at('pool') };
  const pool = readFields(poolFields, declared, {
    ...places,
    override: overridden.pool,
    platformClass: platform.class,
    also: ['exceptions'],
  });
  applyRules(poolRules, pool, platform.class, places);
  keepToGoldenPath(
    poolFields,
    pool,
    { declared: fieldsOf(declared)?.exceptions, override: fieldsOf(overridden.pool)?.exceptions },
    { ...places, platformClass: platform.class },
  );
  refuseTwoMachines(pool, places);
  const type = platform.region && typeOf(pool, platform.region, places);
  return { name, retired: readRetired(tier.retired, report.at('retired')), pool, type };
};

/** `retired: true` is a step that one takes, no setting. */
export const readRetired = (raw: unknown, report: Report): boolean => {
  if (raw !== undefined && raw !== true)
    report.add(refusal(raw, 'must be true where it is written', 'write retired: true, or remove it'));
  return raw === true;
};

export const finishPool = ({ pool }: TierDraft, region: Region): ResolvedPool => {
  const values = pool.values as Values<typeof poolFields>;
  const choice = choose(values, region);
  if (!choice) throw new Error('a pool without an instance type was not refused');
  return {
    ...values,
    type: choice.chosen,
    alternatives: choice.alternatives,
    because: choice.because,
    origins: pool.origins,
  };
};

const choose = (
  pool: Pick<Values<typeof poolFields>, 'instance' | 'profile' | 'size' | 'architecture'>,
  region: Region,
): Choice | undefined => {
  if (pool.instance === undefined) return chooseInstance({ ...pool, region });
  const pinned = instanceType(pool.instance);
  return pinned && { chosen: pinned, alternatives: [], because: 'pinned by the declaration' };
};

/**
 * A pinned instance and the profile and size that choose one are two ways of saying one thing, where they stand side by
 * side. A platform may pin what its product chooses; it may not choose where its product pins, for that would do nothing.
 */
const refuseTwoMachines = ({ values, origins }: ReadFields<typeof poolFields>, places: Places): void => {
  const pinned = origins.instance?.from;
  const besides = (['profile', 'size'] as const).filter(
    (name) => origins[name]?.from === pinned || origins[name]?.from === 'override',
  );
  if (values.instance === undefined || besides.length === 0) return;
  placeOf(places, { origins }, 'instance', ...besides)
    .at('instance')
    .add({
      seen: `${shown(values.instance)} beside ${besides.join(' and ')}`,
      allowed: 'pins the machine that profile and size would choose',
      change: `remove instance, or ${besides.join(' and ')}`,
    });
};

/** The type that a pool gets, or the problem that there is none. */
const typeOf = (pool: ReadFields<typeof poolFields>, region: Region, places: Places): InstanceType | undefined => {
  const { instance, profile, size, architecture } = pool.values;
  if (!('instance' in pool.values) || architecture === undefined) return undefined;
  if (instance === undefined) {
    if (profile === undefined || size === undefined) return undefined;
    return chooseInstance({ profile, size, architecture, region }).chosen;
  }
  const type = instanceType(instance);
  const place = placeOf(places, pool, 'instance', 'architecture').at('instance');
  if (!type) {
    place.add({
      seen: shown(instance),
      allowed: 'must be in the instance catalogue',
      change: didYouMean(instance, instanceTypeNames(), 'choose one of its types, or leave profile and size to choose'),
    });
  } else if (type.architecture !== architecture) {
    place.add({
      seen: `${shown(instance)}, which is ${type.architecture}`,
      allowed: `must fit architecture '${architecture}'`,
      change: `choose another type, or write architecture: '${type.architecture}'`,
    });
  } else if (!isOffered(type, region)) {
    place.add({
      seen: shown(instance),
      allowed: `is not offered in every zone used of ${region}`,
      change: 'choose another type',
    });
  } else return type;
  return undefined;
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
