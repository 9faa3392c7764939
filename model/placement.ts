import { PLATFORM_POOLS, POOL_KEY } from './naming';

/** Where the platform's own pods run. A pool takes pods that name it; daemons go wherever there is a node. */

export interface Toleration {
  readonly key?: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect?: 'NoSchedule';
}

export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** The taint that add-ons of EKS tolerate by themselves. */
export const SYSTEM_TAINT = { key: 'CriticalAddonsOnly', value: 'true' } as const;

export const ON_SYSTEM_POOL: Placement = {
  nodeSelector: { [POOL_KEY]: PLATFORM_POOLS.system },
  tolerations: [{ key: SYSTEM_TAINT.key, operator: 'Exists', effect: 'NoSchedule' }],
};

export const ON_QUORUM_POOL: Placement = {
  nodeSelector: { [POOL_KEY]: PLATFORM_POOLS.quorum },
  tolerations: [{ key: POOL_KEY, operator: 'Equal', value: PLATFORM_POOLS.quorum, effect: 'NoSchedule' }],
};

export const ON_EVERY_NODE: readonly Toleration[] = [{ operator: 'Exists' }];
