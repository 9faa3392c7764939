import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { CLUSTER_CRITICAL, RESTRICTED_POD, image, overZones, resources } from '../chart/pods';

const RELEASE = 'metrics-server';

/** What autoscalers read CPU and memory from. Without it no service scales. */
export const metricsServer = (platform: PlatformFacts): ChartRow => ({
  chart: 'metrics-server',
  release: RELEASE,
  namespace: 'platform-controllers',
  values: {
    fullnameOverride: RELEASE,
    image: image(platform, 'metrics-server'),
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    priorityClassName: CLUSTER_CRITICAL,
    ...ON_SYSTEM_POOL,
    topologySpreadConstraints: overZones({ 'app.kubernetes.io/instance': RELEASE }),
    podSecurityContext: RESTRICTED_POD,
    resources: resources(100, 200),
  },
});
