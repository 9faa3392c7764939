import { POOL_KEY, ProductSite, poolLabel } from './naming';
import { ResolvedTier } from './resolved';
import { Signal } from './signals';

/** What is watched of a tier's own nodes. */
export const poolSignals = (tier: ResolvedTier, site: ProductSite): readonly Signal[] => {
  if (tier.pool === 'shared' || tier.retired) return [];
  // As the exporter spells labels of Kubernetes.
  const label = `label_${POOL_KEY.replace(/[^a-z0-9]/g, '_')}="${poolLabel(site, tier)}"`;
  return [
    {
      id: 'at-bound',
      meaning: `tier ${tier.name} runs as many nodes as it may have (${tier.pool.max}); whatever else it needs must wait`,
      todo: "raise max of the tier's pool, or find out what has grown",
      severity: 'ticket',
      measure: { source: 'prometheus', query: `count(kube_node_labels{${label}})` },
      bad: { when: 'above', threshold: tier.pool.max - 0.5, forMinutes: 15 },
      silence: 'fine',
    },
    {
      id: 'no-room',
      meaning: `pods of tier ${tier.name} find no node`,
      todo: 'look at the events of one of them: the autoscaler says there why it adds none',
      severity: 'page',
      measure: {
        source: 'prometheus',
        query: `sum(kube_pod_status_unschedulable{namespace="${site.product}-${tier.name}"})`,
      },
      bad: { when: 'above', threshold: 0, forMinutes: 10 },
      silence: 'fine',
    },
  ];
};
