import { Construct } from 'constructs';
import { GatewayRefs, PlatformRefs } from '../../model/contracts';
import { ServiceKind } from '../../model/kinds';
import { ProductSite } from '../../model/naming';
import { Known } from '../../model/refs';
import { ResolvedServiceOf } from '../../model/resolved';

/**
 * How a kind of service is built, in the two places that every service has: what AWS holds for it, and what runs in
 * the cluster. What its edges make is not the kind's business.
 */
export interface ServiceBuilder<K extends ServiceKind> {
  readonly inAws: (
    scope: Construct,
    service: ResolvedServiceOf<K>,
    surroundings: AwsSurroundings,
  ) => Readonly<Record<string, string>>;
  readonly inCluster: (scope: Construct, service: ResolvedServiceOf<K>, surroundings: ClusterSurroundings) => void;
}

export interface AwsSurroundings {
  readonly site: ProductSite;
  readonly platform: PlatformRefs;
  readonly gateway: GatewayRefs;
  /** Where what belongs to a public host stands, and not to the service that has it today. */
  readonly doors: Construct;
}

export interface ClusterSurroundings {
  readonly site: ProductSite;
  /** What the application reads from its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Logins that are mounted as files below `/secrets`, by the class that fetches them. */
  readonly mounts: readonly { readonly name: string; readonly secretClass: string; readonly origin: string }[];
  /** The label and taint of the nodes that its pods run on. */
  readonly pool: string;
  readonly known: (value: Known) => string;
  /** One of its own refs, from its tier's AWS stack. */
  readonly ref: (name: string) => string;
}
