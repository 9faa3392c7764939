import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { runnerRanges } from '../../model/address-plan';
import { BaselineEnd, RUNNER_BASELINE, baselineOrigin, nodeBaseline } from '../../model/baseline';
import { platformName } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';
import { End, Opening } from '../network/opening';

/** The two groups of the baseline, and a rule at each end of each of its rows. */
export class Baseline extends Construct {
  readonly member: SecurityGroup;
  readonly controlPlane: SecurityGroup;

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

    const ends: Readonly<Record<BaselineEnd, End>> = {
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
          to: ends['control-plane'],
          protocol: 'tcp',
          port,
          origin: baselineOrigin(row),
        });
    }
    for (const row of nodeBaseline(props.platform.endpoints)) {
      new Opening(this, row.id, {
        from: ends[row.from],
        to: ends[row.to],
        protocol: row.protocol,
        port: row.port,
        origin: baselineOrigin(row.id),
      });
    }
  }
}
