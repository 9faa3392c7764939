import { App } from 'cdktf';
import { quorumPlan } from '../model/discovery';
import { PlatformFacts, ResolvedPlatform, ResolvedProduct } from '../model/resolved';
import { watchedOf } from '../model/watched';
import { ClusterStack } from './cluster';
import { ContractStack } from './contract';
import { ControllersStack } from './controllers';
import { DataStack } from './data';
import { DiscoveryStack } from './discovery';
import { GatewayStack } from './gateway';
import { NetworkStack } from './network';
import { ObservabilityStack } from './observability';
import { ServicesStack } from './services';
import { SpaceStack } from './space';
import { TelemetryStack } from './telemetry';
import { TierStack } from './tier';
import { WatchStack } from './watch';

/**
 * Which stacks exist, what each may know, and the order in which they are made. Every stack is a child of the app
 * itself: the CLI deploys no other. Products depend on no platform stack, or a glob over a product would be refused.
 */
export const compose = (app: App, { facts, products }: ResolvedPlatform): void => {
  composePlatform(app, facts);
  for (const product of products) composeProduct(app, product);
};

const composePlatform = (app: App, platform: PlatformFacts): void => {
  const network = new NetworkStack(app, { platform });
  const cluster = new ClusterStack(app, { platform });
  const observability = new ObservabilityStack(app, { platform });
  const controllers = new ControllersStack(app, { platform });
  const telemetry = new TelemetryStack(app, { platform });
  const contract = new ContractStack(app, { platform });

  cluster.addDependency(network);
  observability.addDependency(cluster);
  controllers.addDependency(cluster);
  for (const producer of [observability, controllers]) telemetry.addDependency(producer);
  for (const producer of [network, cluster, observability]) contract.addDependency(producer);
  // Products begin where the contract ends, and by then everything that their pods need is there.
  for (const inCluster of [telemetry, ...composeDiscovery(app, platform, controllers)])
    contract.addDependency(inCluster);
};

const composeDiscovery = (
  app: App,
  platform: PlatformFacts,
  controllers: ControllersStack,
): readonly DiscoveryStack[] => {
  const plan = quorumPlan(platform);
  if (platform.discovery === 'none' || !plan) return [];
  const discovery = new DiscoveryStack(app, { platform, kind: platform.discovery, plan });
  discovery.addDependency(controllers);
  return [discovery];
};

const composeProduct = (app: App, product: ResolvedProduct): void => {
  const { site, platform, retired, tiers, data } = product;
  const tierNames = tiers.map(({ name }) => name);
  const space = new SpaceStack(app, { site, tiers: tierNames });
  const gateway = new GatewayStack(app, { site, platform, tiers: tierNames, retired });
  const stores = new DataStack(app, { site, platform, data, retired });
  const watch = new WatchStack(app, { site, watched: watchedOf(product) });

  const onShared = new Set(tiers.filter(({ pool }) => pool === 'shared').map(({ name }) => name));
  for (const tier of tiers) {
    const nodes = new TierStack(app, { site, platform, tier, onShared });
    const services = new ServicesStack(app, { site, platform, tier });
    for (const producer of [gateway, stores]) nodes.addDependency(producer);
    for (const producer of [space, nodes]) services.addDependency(producer);
    watch.addDependency(services);
  }
};
