import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { GATEWAY_BASELINE, baselineOrigin } from '../../model/baseline';
import { DRAIN } from '../../model/drain';
import { LIMITS, ProductSite, fitted, productName } from '../../model/naming';
import { Certificate } from '../door/certificate';
import { Opening } from '../network/opening';
import { AccessLogs } from './access-logs';

export interface GatewayProps {
  readonly site: ProductSite;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly zoneId: string;
  /** Shown to visitors whose host no service has. */
  readonly defaultHost: string;
  readonly logDays: number;
  /** While a product is live, neither AWS nor Terraform lets go of its door and of what was written about visitors. */
  readonly retired: boolean;
}

/** The one door into a product. It knows no service: hosts and their rules are hung on by the tiers that serve them. */
export class Gateway extends Construct {
  readonly loadBalancer: Lb;
  readonly listener: LbListener;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const name = productName(props.site, 'gateway');
    this.securityGroup = new SecurityGroup(this, 'group', {
      name,
      description: `Load balancer of ${props.site.product}`,
      vpcId: props.vpcId,
      tags: { Name: name },
    });
    for (const { id: row, port } of GATEWAY_BASELINE) {
      new Opening(this, row, {
        from: { cidr: '0.0.0.0/0' },
        to: { group: this.securityGroup.id },
        protocol: 'tcp',
        port,
        origin: baselineOrigin(row),
      });
    }
    const logs = new AccessLogs(this, 'access-logs', {
      site: props.site,
      keptDays: props.logDays,
      retired: props.retired,
    });
    this.loadBalancer = new Lb(this, 'Resource', {
      name: fitted(productName(props.site), LIMITS.loadBalancer),
      loadBalancerType: 'application',
      internal: false,
      subnets: [...props.subnetIds],
      securityGroups: [this.securityGroup.id],
      enableDeletionProtection: !props.retired,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      idleTimeout: DRAIN.balancerIdleSeconds,
      accessLogs: { bucket: logs.bucket.id, enabled: true },
      dependsOn: [logs.policy],
    });
    const certificate = new Certificate(this, 'certificate', { host: props.defaultHost, zoneId: props.zoneId });
    new LbListener(this, 'http', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
    });
    this.listener = new LbListener(this, 'https', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificateArn: certificate.arn,
      defaultAction: [
        {
          type: 'fixed-response',
          fixedResponse: { contentType: 'text/plain', statusCode: '404', messageBody: 'no such host' },
        },
      ],
    });
  }
}
