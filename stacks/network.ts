import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { Endpoints } from '../constructs/network/endpoints';
import { FlowLogs } from '../constructs/network/flow-logs';
import { Network } from '../constructs/network/network';
import { networkContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { AwsStack } from './base';

/** Where everything of a platform lives: addresses, ways in and out, and its name in the world. */
export class NetworkStack extends AwsStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, platformStack(platform, 'network'), platform);
    const network = new Network(this, 'network', { platform });
    const endpoints = new Endpoints(this, 'endpoints', { site: platform, network, interfaces: platform.endpoints });
    new FlowLogs(this, 'flow-logs', { platform, vpcId: network.vpc.id });
    // Its name servers are written down at the registrar: losing the zone would lose every host.
    const zone = new Route53Zone(this, 'zone', {
      name: platform.domain,
      comment: `Hosts of ${platform.platform}`,
      lifecycle: { preventDestroy: true },
    });

    this.publish(networkContract, {
      'vpc-id': network.vpc.id,
      'private-subnet-ids': network.subnets.private.map((subnet) => subnet.id),
      'public-subnet-ids': network.subnets.public.map((subnet) => subnet.id),
      'isolated-subnet-ids': network.subnets.isolated.map((subnet) => subnet.id),
      'endpoint-security-group-id': endpoints.securityGroup.id,
      's3-prefix-list-id': endpoints.s3.prefixListId,
      'zone-id': zone.zoneId,
    });
  }
}
