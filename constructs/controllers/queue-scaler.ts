import { CONTROLLER_ACCOUNTS } from '../../model/controllers';
import { clusterName } from '../../model/naming';
import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { CLUSTER_CRITICAL, overZones, resourcesInstead, scraped, splitImage } from '../chart/pods';

const { account, namespace } = CONTROLLER_ACCOUNTS['queue-scaler'];

/** Scales whoever works through a queue by how long it is. It is the one that answers for external metrics. */
export const queueScaler = (platform: PlatformFacts): ChartRow => ({
  chart: 'keda',
  release: 'keda',
  namespace,
  values: {
    clusterName: clusterName(platform),
    image: {
      keda: splitImage(platform, 'keda'),
      metricsApiServer: splitImage(platform, 'keda-metrics-apiserver'),
      webhooks: splitImage(platform, 'keda-admission-webhooks'),
      pullPolicy: 'IfNotPresent',
    },
    serviceAccount: { operator: { create: true, name: account } },
    // It asks AWS in its own name, so it needs nobody's secrets.
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    operator: { replicaCount: 2 },
    metricsServer: { replicaCount: 2 },
    webhooks: { replicaCount: 2, port: 9443 },
    podDisruptionBudget: {
      operator: { maxUnavailable: 1 },
      metricServer: { maxUnavailable: 1 },
      webhooks: { maxUnavailable: 1 },
    },
    priorityClassName: CLUSTER_CRITICAL,
    ...ON_SYSTEM_POOL,
    topologySpreadConstraints: {
      operator: overZones({ app: 'keda-operator' }),
      metricsServer: overZones({ app: 'keda-operator-metrics-apiserver' }),
      webhooks: overZones({ app: 'keda-admission-webhooks' }),
    },
    prometheus: { operator: { enabled: true, port: 8080 } },
    podAnnotations: { keda: scraped(8080) },
    resources: {
      operator: resourcesInstead(100, 256),
      metricServer: resourcesInstead(50, 128),
      webhooks: resourcesInstead(20, 64),
    },
    enableServiceLinks: false,
  },
});
