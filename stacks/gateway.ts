import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { TierLogs } from '../constructs/gateway/tier-logs';
import { Firewall } from '../constructs/gateway/firewall';
import { Gateway } from '../constructs/gateway/gateway';
import { gatewayContract, platformContract, tierGroupRef } from '../model/contracts';
import { ProductSite, gatewayHost, platformStack, productStack, tierGroupName } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { AwsStack } from './base';

export interface GatewayStackProps {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  /** Names only: what a tier holds never changes its product's door. */
  readonly tiers: readonly string[];
  readonly retired: boolean;
}

/**
 * The one door into a product, and the groups of its tiers. The groups are made empty: every rule on them belongs to
 * the tier that needs it, so that two tiers may call each other without their stacks knowing each other.
 */
export class GatewayStack extends AwsStack {
  constructor(scope: Construct, { site, platform, tiers, retired }: GatewayStackProps) {
    super(scope, productStack(site, 'gateway'), site);
    const refs = this.read(platformStack(site, 'contract'), platformContract);
    const gateway = new Gateway(this, 'gateway', {
      site,
      vpcId: refs['vpc-id'],
      subnetIds: refs['public-subnet-ids'],
      zoneId: refs['zone-id'],
      defaultHost: gatewayHost(site.product, platform.domain),
      logDays: platform.logDays,
      retired,
    });
    new Firewall(this, 'firewall', {
      site,
      loadBalancerArn: gateway.loadBalancer.arn,
      logDays: platform.logDays,
      retired,
    });
    new TierLogs(this, 'logs', { site, tiers, logDays: platform.logDays, retired });
    const groups = tiers.map((tier) => {
      const name = tierGroupName(site, tier);
      return [
        tierGroupRef(tier),
        new SecurityGroup(this, `tier-${tier}`, {
          name,
          description: `Edges of tier ${tier} of ${site.product}`,
          vpcId: refs['vpc-id'],
          tags: { Name: name },
        }).id,
      ] as const;
    });

    this.publish(gatewayContract(tiers), {
      'load-balancer-security-group-id': gateway.securityGroup.id,
      'load-balancer-suffix': gateway.loadBalancer.arnSuffix,
      'load-balancer-dns-name': gateway.loadBalancer.dnsName,
      'load-balancer-zone-id': gateway.loadBalancer.zoneId,
      'listener-arn': gateway.listener.arn,
      ...Object.fromEntries(groups),
    });
  }
}
