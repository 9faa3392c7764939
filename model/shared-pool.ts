import { PlatformFacts } from './resolved';
import { PlatformClass } from './fields';
import { InstanceType, NodeSize, chooseInstance } from './sizing';

export interface SharedPool {
  readonly type: InstanceType;
  /** Shown to people, never deployed. */
  readonly alternatives: readonly string[];
  readonly because: string;
  readonly min: number;
  readonly max: number;
  readonly volumeGib: number;
}

/**
 * Nodes for whatever names no pool of its own: products that share, and the hooks of charts that can be told no place.
 * It grows from nothing, so a platform that does not use it pays nothing for it.
 */
export const sharedPool = ({ class: platformClass, region }: Pick<PlatformFacts, 'class' | 'region'>): SharedPool => {
  const { size, max } = SHARED[platformClass];
  const { chosen, alternatives, because } = chooseInstance({
    profile: 'balanced',
    size,
    architecture: 'arm64',
    region,
  });
  return { type: chosen, alternatives, because, min: 0, max, volumeGib: 50 };
};

const SHARED: Readonly<Record<PlatformClass, { readonly size: NodeSize; readonly max: number }>> = {
  development: { size: 'large', max: 6 },
  staging: { size: 'large', max: 9 },
  production: { size: 'xlarge', max: 24 },
};
