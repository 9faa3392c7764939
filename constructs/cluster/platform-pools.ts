import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Fn, ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { PoolEnd } from '../../model/baseline';
import { quorumPlan } from '../../model/discovery';
import { PLATFORM_POOLS, POOL_KEY, platformName } from '../../model/naming';
import { SYSTEM_TAINT } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { sharedPool } from '../../model/shared-pool';
import { InstanceType } from '../../model/sizing';
import { systemPool } from '../../model/system-pool';
import { NodePool, NodePoolProps } from '../pool/node-pool';

export interface PlatformPoolsProps {
  readonly platform: PlatformFacts;
  /** One for each zone, in the order of the platform's zones. */
  readonly subnetIds: readonly string[];
  readonly groupIdsOf: (pool: PoolEnd) => readonly string[];
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The platform's own nodes: a few that run the cluster, some that products share, and one pool in each zone for the
 * servers of a quorum, whose volumes cannot leave their zone.
 */
export class PlatformPools extends Construct {
  /** Whatever runs on nodes waits for these. */
  readonly system: EksNodeGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlatformPoolsProps,
  ) {
    super(scope, id);
    const { platform } = props;
    this.system = this.pool('system', 'system', systemPool(platform), {
      taint: SYSTEM_TAINT,
      dependsOn: [...props.dependsOn],
    });
    // Without a taint: hooks of charts can be told no place, and everything else names its own.
    this.pool('shared', 'shared', sharedPool(platform), { dependsOn: [...props.dependsOn] });
    this.quorum();
  }

  /** One zone after the other: Terraform would roll them all at once, and a majority with them. */
  private quorum(): void {
    const { platform, subnetIds, dependsOn } = this.props;
    const plan = quorumPlan(platform);
    if (!plan) return;
    let before = this.system;
    for (const { zone, nodes } of plan.pools.filter((pool) => pool.nodes > 0)) {
      const size = { type: plan.type, min: nodes, max: nodes, volumeGib: ROOT_GIB };
      before = this.pool(`quorum-${zone}`, 'quorum', size, {
        taint: { key: POOL_KEY, value: PLATFORM_POOLS.quorum },
        subnetIds: [Fn.element([...subnetIds], platform.zones.indexOf(zone)) as string],
        dependsOn: [...dependsOn, before],
      });
    }
  }

  private pool(
    id: string,
    end: PoolEnd,
    nodes: { readonly type: InstanceType; readonly min: number; readonly max: number; readonly volumeGib: number },
    more: Pick<NodePoolProps, 'taint' | 'dependsOn'> & Partial<Pick<NodePoolProps, 'subnetIds'>>,
  ): EksNodeGroup {
    const { platform, subnetIds, groupIdsOf } = this.props;
    return new NodePool(this, id, {
      site: platform,
      name: platformName(platform, id),
      nodes: {
        ...nodes,
        version: platform.kubernetes.nodes,
      },
      subnetIds,
      securityGroupIds: groupIdsOf(end),
      labels: { [POOL_KEY]: PLATFORM_POOLS[end] },
      ...more,
    }).group;
  }
}

/** Images and logs only: what a server stores is on a volume of its own. */
const ROOT_GIB = 50;
