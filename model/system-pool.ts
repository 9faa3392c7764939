import { PlatformFacts } from './resolved';
import { InstanceType, chooseInstance } from './sizing';

export interface SystemPool {
  readonly type: InstanceType;
  readonly min: number;
  readonly max: number;
  readonly volumeGib: number;
}

/** Where the cluster's own pods run, apart from every product's: one node in each zone, so that DNS survives one. */
export const systemPool = ({ class: platformClass, region, zones }: PlatformFacts): SystemPool => {
  const { chosen } = chooseInstance({ profile: 'balanced', size: 'large', architecture: 'arm64', region });
  const min = platformClass === 'production' ? zones.length : 2;
  return { type: chosen, min, max: min * 2, volumeGib: 50 };
};
