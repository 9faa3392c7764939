import { Values } from '../fields';
import { keepToGoldenPath } from '../golden-path';
import { PLATFORM_POOLS } from '../naming';
import { fieldsOf } from '../plain';
import { poolFields, poolRules } from '../pool-fields';
import { Places, ReadFields, placeOf, readFields } from '../read-fields';
import { Region } from '../regions';
import { ResolvedPool } from '../resolved';
import { applyRules } from '../rules/rule';
import { sharedPool } from '../shared-pool';
import { Choice, InstanceType, chooseInstance, instanceType, instanceTypeNames, isOffered } from '../sizing';
import { didYouMean, shown } from '../words';
import { PlatformContext } from './context';

export interface PoolDraft {
  /** Whether its services run on the nodes that the platform keeps for everybody. */
  readonly shared: boolean;
  readonly pool: ReadFields<typeof poolFields>;
  /** What its nodes are; missing where that is a problem. */
  readonly type: InstanceType | undefined;
}

/** A tier's own nodes, or the word for the platform's. */
export const readPool = (
  declared: unknown,
  override: unknown,
  platform: PlatformContext,
  places: Places,
): PoolDraft => {
  if (declared === PLATFORM_POOLS.shared) {
    if (override !== undefined)
      places.overrideReport.add({
        seen: shown(override),
        allowed: "has no meaning, because the tier runs on the platform's shared pool",
        change: 'give the tier a pool of its own in the product, or remove the override',
      });
    const type = platform.region && sharedPool({ class: platform.class, region: platform.region }).type;
    return { shared: true, pool: { values: {}, origins: {}, meant: new Set() }, type };
  }
  const pool = readFields(poolFields, declared === undefined ? {} : declared, {
    ...places,
    override,
    platformClass: platform.class,
    also: ['exceptions'],
  });
  applyRules(poolRules, pool, platform.class, places);
  keepToGoldenPath(
    poolFields,
    pool,
    { declared: fieldsOf(declared)?.exceptions, override: fieldsOf(override)?.exceptions },
    { ...places, platformClass: platform.class },
  );
  refuseTwoMachines(pool, places);
  const type = platform.region && typeOf(pool, platform.region, places);
  return { shared: false, pool, type };
};

export const finishPool = ({ shared, pool }: PoolDraft, region: Region): ResolvedPool | 'shared' => {
  if (shared) return PLATFORM_POOLS.shared;
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
