import { Construct } from 'constructs';
import { NetworkPolicies } from '../constructs/edges/network-policies';
import { SecretClass } from '../constructs/edges/secret-class';
import { serviceBuilder } from '../constructs/services/build';
import { serviceRef } from '../model/contracts';
import { ProductSite, coordinateName, poolLabel, servicesStack } from '../model/naming';
import { COLLECTOR } from '../model/platform-namespaces';
import { PlatformFacts, ResolvedService, ResolvedTier } from '../model/resolved';
import { ProductClusterStack } from './cluster-access';

export interface ServicesStackProps {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly tier: ResolvedTier;
}

/** What runs of a tier, and what its edges open between pods. Nothing here belongs to the cluster as a whole. */
export class ServicesStack extends ProductClusterStack {
  constructor(scope: Construct, { site, platform, tier }: ServicesStackProps) {
    super(scope, servicesStack(site, tier.name), site, { charts: true });
    const services = new Construct(this, 'services');
    for (const service of tier.services) {
      const place = new Construct(services, service.name);
      new NetworkPolicies(place, 'edges', { site, platform, service });
      serviceBuilder(service).inCluster(place, service, {
        site,
        environment: this.environmentOf(site, service),
        mounts: this.mountsOf(place, site, service),
        pool: poolLabel(site, tier),
        known: (value) => this.known(site, value),
        ref: (name) => this.known(site, { from: `${tier.name}-tier`, output: serviceRef(service.name, name) }),
      });
    }
  }

  /** Where traces go, and coordinates of what a service uses, by the name that its declaration uses. */
  private environmentOf(site: ProductSite, { edges }: ResolvedService): Readonly<Record<string, string>> {
    const coordinates = edges.flatMap(({ to, grants }) =>
      grants.flatMap((grant) =>
        grant.grant === 'coordinates'
          ? Object.entries(grant.values).map(([key, value]) => [coordinateName(to, key), value] as const)
          : [],
      ),
    );
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR.endpoint,
      ...Object.fromEntries(coordinates.map(([name, value]) => [name, this.known(site, value)])),
    };
  }

  private mountsOf(
    place: Construct,
    site: ProductSite,
    { name: service, tier, edges }: ResolvedService,
  ): { name: string; secretClass: string; origin: string }[] {
    return edges.flatMap(({ origin, to: store, grants }) =>
      grants.flatMap((grant) =>
        grant.grant === 'login'
          ? [
              {
                name: store,
                origin,
                secretClass: new SecretClass(place, `login-${store}`, {
                  site,
                  tier,
                  service,
                  store,
                  secret: grant.secret,
                  origin,
                }).name,
              },
            ]
          : [],
      ),
    );
  }
}
