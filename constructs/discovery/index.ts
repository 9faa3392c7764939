import { Registry } from '../../model/discovery-kinds';
import { QuorumPlan } from '../../model/discovery';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { consul } from './consul';

/** How each kind of registry is installed. */
export const REGISTRIES: Readonly<Record<Registry, (platform: PlatformFacts, plan: QuorumPlan) => ChartRow>> = {
  consul,
};
