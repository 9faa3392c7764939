import { QuorumPlan } from '../../model/discovery';
import { Registry } from '../../model/discovery-kinds';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { consul, consulSnapshot } from './consul';
import { Snapshot } from './snapshot-job';

/** How each kind of registry is installed, and saved. */
export const REGISTRIES: Readonly<
  Record<
    Registry,
    { readonly chart: (platform: PlatformFacts, plan: QuorumPlan) => ChartRow; readonly snapshot: Snapshot }
  >
> = {
  consul: { chart: consul, snapshot: consulSnapshot },
};
