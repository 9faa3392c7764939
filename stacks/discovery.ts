import { Construct } from 'constructs';
import { PlatformChart } from '../constructs/chart/platform-chart';
import { REGISTRIES } from '../constructs/discovery';
import { SnapshotJob } from '../constructs/discovery/snapshot-job';
import { PlatformSpace } from '../constructs/space/platform-space';
import { QuorumPlan } from '../model/discovery';
import { Registry } from '../model/discovery-kinds';
import { PlatformFacts } from '../model/resolved';
import { PlatformClusterStack } from './cluster-access';

export interface DiscoveryStackProps {
  readonly platform: PlatformFacts;
  readonly kind: Registry;
  readonly plan: QuorumPlan;
}

/** The registry that services are found in, on nodes of its own. */
export class DiscoveryStack extends PlatformClusterStack {
  constructor(scope: Construct, { platform, kind, plan }: DiscoveryStackProps) {
    super(scope, 'discovery', platform);
    const { namespace } = new PlatformSpace(this, 'space', { platform, name: 'platform-discovery' });
    const { chart, snapshot } = REGISTRIES[kind];
    const { release } = new PlatformChart(this, 'registry', { ...chart(platform, plan), after: [namespace] });
    new SnapshotJob(this, 'snapshots', { platform, snapshot, after: [release] });
  }
}
