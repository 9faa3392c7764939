import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { Site, platformName } from '../../model/naming';
import { Network } from './network';

/**
 * The ways to AWS APIs that stay inside the network. The gateway to S3 costs nothing and is always there; interfaces
 * only where the platform asks for them. Their group is made empty: who may use them is said by those who do.
 */
export class Endpoints extends Construct {
  readonly securityGroup: SecurityGroup;
  readonly s3: VpcEndpoint;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly site: Site; readonly network: Network; readonly interfaces: boolean },
  ) {
    super(scope, id);
    const { site, network } = props;
    const vpcId = network.vpc.id;
    this.s3 = new VpcEndpoint(this, 's3', {
      vpcId,
      serviceName: `com.amazonaws.${site.region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: network.routeTables.map((table) => table.id),
      tags: { Name: platformName(site, 's3') },
    });
    this.securityGroup = new SecurityGroup(this, 'group', {
      name: platformName(site, 'endpoints'),
      description: 'Interface endpoints of AWS APIs',
      vpcId,
      tags: { Name: platformName(site, 'endpoints') },
    });
    for (const service of props.interfaces ? INTERFACES : []) {
      new VpcEndpoint(this, service.replaceAll('.', '-'), {
        vpcId,
        serviceName: `com.amazonaws.${site.region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: network.subnets.endpoint.map((subnet) => subnet.id),
        securityGroupIds: [this.securityGroup.id],
        tags: { Name: platformName(site, service) },
      });
    }
  }
}

/** What nodes need to join, pull images and be looked at, what controllers and collectors call, and edges of today's kinds. */
const INTERFACES = [
  'aps-workspaces',
  'autoscaling',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'eks',
  'eks-auth',
  'elasticloadbalancing',
  'kms',
  'logs',
  'secretsmanager',
  'sqs',
  'ssm',
  'ssmmessages',
  'sts',
  'xray',
] as const;
