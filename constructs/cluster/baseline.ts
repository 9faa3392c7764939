import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { runnerRanges } from '../../model/address-plan';
import { BaselineEnd, POOL_ENDS, PoolEnd, RUNNER_BASELINE, baselineOrigin, nodeBaseline } from '../../model/baseline';
import { platformName } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';
import { End, Opening } from '../network/opening';

/** The groups of the baseline, and a rule at each end of each of its rows. */
export class Baseline extends Construct {
  readonly member: SecurityGroup;
  readonly controlPlane: SecurityGroup;
  private readonly pools: Readonly<Partial<Record<PoolEnd, SecurityGroup>>>;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly platform: PlatformFacts;
      readonly vpcId: string;
      readonly endpointsGroup: string;
      readonly s3PrefixList: string;
    },
  ) {
    super(scope, id);
    const group = (name: string, description: string): SecurityGroup =>
      new SecurityGroup(this, name, {
        name: platformName(props.platform, name),
        description,
        vpcId: props.vpcId,
        tags: { Name: platformName(props.platform, name) },
      });
    this.member = group('member', 'What every node may do, and nothing more');
    this.controlPlane = group('control-plane', 'The Kubernetes API');
    const rows = nodeBaseline(props.platform);
    this.pools = Object.fromEntries(
      POOL_ENDS.filter((pool) => rows.some(({ from, to }) => from === pool || to === pool)).map((pool) => [
        pool,
        group(pool, `What nodes of the ${pool} pool do besides`),
      ]),
    );

    const ends: Readonly<Partial<Record<BaselineEnd, End>>> = {
      ...Object.fromEntries(Object.entries(this.pools).map(([pool, { id: own }]) => [pool, { group: own }])),
      member: { group: this.member.id },
      'control-plane': { group: this.controlPlane.id },
      endpoints: { group: props.endpointsGroup },
      s3: { prefixList: props.s3PrefixList },
      world: { cidr: '0.0.0.0/0' },
    };
    for (const range of runnerRanges(props.platform).inside) {
      for (const { id: row, port } of RUNNER_BASELINE)
        new Opening(this, `${row}-${range.replace(/[./]/g, '-')}`, {
          from: { cidr: range },
          to: { group: this.controlPlane.id },
          protocol: 'tcp',
          port,
          origin: baselineOrigin(row),
        });
    }
    for (const row of rows) {
      const [from, to] = [ends[row.from], ends[row.to]];
      if (!from || !to) throw new Error(`${this.node.path}: an end of ${row.id} has no group`);
      new Opening(this, row.id, {
        from,
        to,
        protocol: row.protocol,
        port: row.port,
        last: row.last,
        origin: baselineOrigin(row.id),
      });
    }
  }

  /** What nodes of one of the platform's own pools wear besides `member`. */
  groupOf(pool: PoolEnd): string {
    const group = this.pools[pool];
    if (!group) throw new Error(`${this.node.path}: no row of the baseline is about the ${pool} pool`);
    return group.id;
  }
}
