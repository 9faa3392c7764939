import { Construct } from 'constructs';
import { DataKind, DataRefs } from '../../model/kinds';
import { ProductSite } from '../../model/naming';
import { RefValues } from '../../model/refs';
import { PlatformFacts, StoredDatumOf } from '../../model/resolved';

/** How a kind of datum is built: its resources below `scope`, and what AWS assigned to them. */
export type DatumBuilder<K extends DataKind> = (
  scope: Construct,
  datum: StoredDatumOf<K>,
  surroundings: Surroundings,
) => RefValues<DataRefs<K>>;

/** What a datum stands in: its product's site, the platform's facts, where stores may live, and the product's key. */
export interface Surroundings {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly vpcId: string;
  /** Isolated: no way out. */
  readonly subnetIds: readonly string[];
  /** Where functions are that keep a store: with a way to AWS, by endpoints or over NAT. */
  readonly functionSubnetIds: readonly string[];
  readonly endpointsGroupId: string;
  readonly keyArn: string;
}
