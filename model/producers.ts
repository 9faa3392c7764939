import {
  clusterContract,
  dataContract,
  gatewayContract,
  networkContract,
  observabilityContract,
  platformContract,
  tierContract,
} from './contracts';
import { platformStack, productStack, tierStack } from './naming';
import { RefTable } from './refs';
import { ResolvedPlatform } from './resolved';

/** What every stack that publishes anything publishes: the other side of all that travels. */
export const contractsOf = ({ facts, products }: ResolvedPlatform): ReadonlyMap<string, RefTable> =>
  new Map<string, RefTable>([
    [platformStack(facts, 'network'), networkContract],
    [platformStack(facts, 'cluster'), clusterContract],
    [platformStack(facts, 'observability'), observabilityContract],
    [platformStack(facts, 'contract'), platformContract],
    ...products.flatMap(({ site, tiers, data }): [string, RefTable][] => [
      [productStack(site, 'gateway'), gatewayContract(tiers.map(({ name }) => name))],
      [productStack(site, 'data'), dataContract(data.filter(({ released }) => !released))],
      ...tiers.map((tier): [string, RefTable] => [tierStack(site, tier.name), tierContract(tier.services)]),
    ]),
  ]);
