import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { SUBNET_KINDS, SubnetKind, subnetCidr } from '../../model/address-plan';
import { clusterName, platformName } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';

/**
 * The platform's network: in every zone a public, a private, an isolated and an endpoint subnet at addresses that the
 * plan pins. Each zone has its own routes; what is isolated has none to the world.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly subnets: Readonly<Record<SubnetKind, readonly Subnet[]>>;
  /** Route tables that may lead to gateway endpoints. */
  readonly routeTables: readonly RouteTable[];

  constructor(scope: Construct, id: string, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Resource', {
      cidrBlock: platform.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: platform.platform },
    });
    // The group that AWS makes by itself opens everything to its members; taken over, it opens nothing.
    new DefaultSecurityGroup(this, 'default-group', {
      vpcId: this.vpc.id,
      tags: { Name: platformName(platform, 'unused') },
    });
    this.subnets = Object.fromEntries(
      SUBNET_KINDS.map((kind) => [kind, platform.zones.map((zone) => this.subnet(platform, kind, zone))]),
    ) as Record<SubnetKind, Subnet[]>;

    const internet = new InternetGateway(this, 'internet', { vpcId: this.vpc.id, tags: { Name: platform.platform } });
    const publicRoutes = this.routes(platform, 'public');
    new Route(this, 'public-to-internet', {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: WORLD,
      gatewayId: internet.id,
    });
    this.associate('public', platform.zones, () => publicRoutes);

    const natZones = platform.nat === 'single' ? platform.zones.slice(0, 1) : platform.zones;
    const nats = new Map(natZones.map((zone) => [zone, this.nat(platform, zone, internet)]));
    const privateRoutes = new Map(platform.zones.map((zone) => [zone, this.routes(platform, 'private', zone)]));
    for (const [zone, table] of privateRoutes) {
      const nat = nats.get(zone) ?? [...nats.values()][0];
      if (nat)
        new Route(this, `private-${zone}-to-internet`, {
          routeTableId: table.id,
          destinationCidrBlock: WORLD,
          natGatewayId: nat.id,
        });
    }
    this.associate('private', platform.zones, (zone) => privateRoutes.get(zone));

    const closedRoutes = this.routes(platform, 'closed');
    this.associate('isolated', platform.zones, () => closedRoutes);
    this.associate('endpoint', platform.zones, () => closedRoutes);
    this.routeTables = [...privateRoutes.values()];
  }

  private subnet(platform: PlatformFacts, kind: SubnetKind, zone: string): Subnet {
    return new Subnet(this, `${kind}-${zone}`, {
      vpcId: this.vpc.id,
      availabilityZoneId: zone,
      cidrBlock: subnetCidr(platform.cidr, kind, zone),
      mapPublicIpOnLaunch: false,
      tags: {
        Name: platformName(platform, kind, zone),
        ...(kind === 'private' && { [`kubernetes.io/cluster/${clusterName(platform)}`]: 'shared' }),
      },
    });
  }

  private routes(platform: PlatformFacts, ...name: readonly string[]): RouteTable {
    return new RouteTable(this, `routes-${name.join('-')}`, {
      vpcId: this.vpc.id,
      tags: { Name: platformName(platform, ...name) },
    });
  }

  private nat(platform: PlatformFacts, zone: string, internet: InternetGateway): NatGateway {
    const address = new Eip(this, `nat-address-${zone}`, {
      domain: 'vpc',
      tags: { Name: platformName(platform, 'nat', zone) },
    });
    const subnet = this.subnets.public[platform.zones.indexOf(zone)];
    if (!subnet) throw new Error(`${this.node.path}: zone ${zone} has no public subnet`);
    return new NatGateway(this, `nat-${zone}`, {
      allocationId: address.id,
      subnetId: subnet.id,
      tags: { Name: platformName(platform, 'nat', zone) },
      dependsOn: [internet],
    });
  }

  private associate(kind: SubnetKind, zones: readonly string[], table: (zone: string) => RouteTable | undefined): void {
    for (const [index, zone] of zones.entries()) {
      const [subnet, routes] = [this.subnets[kind][index], table(zone)];
      if (subnet && routes)
        new RouteTableAssociation(this, `${kind}-${zone}-routes`, { subnetId: subnet.id, routeTableId: routes.id });
    }
  }
}

const WORLD = '0.0.0.0/0';
