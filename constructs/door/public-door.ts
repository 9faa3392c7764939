import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { PlatformRefs, GatewayRefs } from '../../model/contracts';
import { DRAIN } from '../../model/drain';
import { LIMITS, ProductSite, fitted, hostAddress, productName } from '../../model/naming';
import { Door } from '../../model/resolved';
import { Certificate } from './certificate';

export interface PublicDoorProps {
  readonly site: ProductSite;
  readonly service: string;
  /** Where the doors of the tier's hosts are, whichever services they lead to. */
  readonly doors: Construct;
  readonly door: Door;
  readonly platform: PlatformRefs;
  readonly gateway: GatewayRefs;
}

/**
 * A host on its product's load balancer: name, certificate, rule, and the group that its pods are registered in. Only
 * the group is the service's. The rest stands where its host says: there can be one rule in a place, one record of a
 * name, so that a host which goes to another service must not be made anew before the old one is gone.
 */
export class PublicDoor extends Construct {
  readonly targetGroup: LbTargetGroup;

  constructor(scope: Construct, id: string, { site, service, doors, door, platform, gateway }: PublicDoorProps) {
    super(scope, id);
    this.targetGroup = new LbTargetGroup(this, 'Resource', {
      name: fitted(productName(site, service), LIMITS.targetGroup),
      vpcId: platform['vpc-id'],
      targetType: 'ip',
      protocol: 'HTTP',
      // Each pod is registered with its own port; this one is only a default that changing would replace the group for.
      port: 8080,
      deregistrationDelay: `${DRAIN.deregistrationSeconds}`,
      healthCheck: {
        path: '/readyz',
        protocol: 'HTTP',
        port: 'traffic-port',
        matcher: '200',
        interval: DRAIN.healthIntervalSeconds,
        timeout: DRAIN.healthTimeoutSeconds,
        healthyThreshold: DRAIN.healthyThreshold,
        unhealthyThreshold: DRAIN.unhealthyThreshold,
      },
      tags: { origin: door.origin },
    });
    const listenerArn = gateway['listener-arn'];
    const place = new Construct(doors, hostAddress(door.host));
    const certificate = new Certificate(place, 'certificate', { host: door.host, zoneId: platform['zone-id'] });
    new LbListenerCertificate(place, 'listener-certificate', { listenerArn, certificateArn: certificate.arn });
    new LbListenerRule(place, 'rule', {
      listenerArn,
      priority: door.priority,
      condition: [{ hostHeader: { values: [door.host] } }],
      action: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
      tags: { origin: door.origin },
    });
    new Route53Record(place, 'record', {
      zoneId: platform['zone-id'],
      name: door.host,
      type: 'A',
      alias: {
        name: gateway['load-balancer-dns-name'],
        zoneId: gateway['load-balancer-zone-id'],
        evaluateTargetHealth: true,
      },
    });
  }
}
