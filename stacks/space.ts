import { Construct } from 'constructs';
import { TierNamespace } from '../constructs/space/tier-namespace';
import { ProductSite, productStack } from '../model/naming';
import { ProductClusterStack } from './cluster-access';

/** Where a product's pods may live. Made by the platform's deployer: it is what the product's own may not change. */
export class SpaceStack extends ProductClusterStack {
  constructor(scope: Construct, { site, tiers }: { readonly site: ProductSite; readonly tiers: readonly string[] }) {
    super(scope, productStack(site, 'space'), site, { charts: false });
    for (const tier of tiers) new TierNamespace(this, `tier-${tier}`, { site, tier });
  }
}
