import { ProductSite } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';

/** What a datum stands in: its product's site, the platform's facts, where stores may live, and the product's key. */
export interface Surroundings {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly keyArn: string;
}
