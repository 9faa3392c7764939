import { Construct } from 'constructs';
import { ServiceIdentity } from '../constructs/edges/service-identity';
import { TierOpenings } from '../constructs/edges/tier-openings';
import { NodePool } from '../constructs/pool/node-pool';
import { serviceBuilder } from '../constructs/services/build';
import {
  DATA_KEY_REF,
  gatewayContract,
  platformContract,
  serviceRef,
  tierContract,
  tierGroupRef,
} from '../model/contracts';
import { POOL_KEY, ProductSite, platformStack, poolLabel, productName, productStack, tierStack } from '../model/naming';
import { tierOpenings } from '../model/openings';
import { PlatformFacts, ResolvedTier } from '../model/resolved';
import { AwsStack } from './base';

export interface TierStackProps {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly tier: ResolvedTier;
  /** Tiers of this product whose services run on the platform's shared pool: what they wear is the platform's. */
  readonly onShared: ReadonlySet<string>;
}

/** A tier's nodes, and all that its services' edges make in AWS. It knows other tiers by name only. */
export class TierStack extends AwsStack {
  constructor(scope: Construct, { site, platform, tier, onShared }: TierStackProps) {
    super(scope, tierStack(site, tier.name), site);
    if (tier.retired) return;

    const refs = this.read(platformStack(site, 'contract'), platformContract);
    const gateway = this.read(productStack(site, 'gateway'), gatewayContract([]));
    const groupOf = (name: string): string =>
      onShared.has(name)
        ? refs['shared-security-group-id']
        : this.known(site, { from: 'gateway', output: tierGroupRef(name) });
    const known = this.known.bind(this, site);

    if (tier.pool !== 'shared') {
      const { pool } = tier;
      const label = poolLabel(site, tier);
      new NodePool(this, 'pool', {
        site,
        name: productName(site, tier.name),
        nodes: {
          type: pool.type,
          min: pool.min,
          max: pool.max,
          volumeGib: pool.volume.gib,
          version: platform.kubernetes.nodes,
        },
        subnetIds: refs['private-subnet-ids'],
        securityGroupIds: [refs['member-security-group-id'], groupOf(tier.name)],
        labels: { [POOL_KEY]: label },
        taint: { key: POOL_KEY, value: label },
      });
    }
    new TierOpenings(this, 'openings', {
      openings: tierOpenings(tier),
      ownGroup: groupOf(tier.name),
      groupOf,
      gatewayGroup: gateway['load-balancer-security-group-id'],
      known,
    });

    const [services, doors] = [new Construct(this, 'services'), new Construct(this, 'doors')];
    const published = tier.services.flatMap((service) => {
      const place = new Construct(services, service.name);
      new ServiceIdentity(place, 'identity', {
        site,
        service: service.name,
        tier: tier.name,
        edges: service.edges,
        known,
        keyArn: () => known({ from: 'data', output: DATA_KEY_REF }),
      });
      const values = serviceBuilder(service).inAws(place, service, { site, platform: refs, gateway, doors });
      return Object.entries(values).map(([name, value]) => [serviceRef(service.name, name), value] as const);
    });
    this.publish(tierContract(tier.services), Object.fromEntries(published));
  }
}
