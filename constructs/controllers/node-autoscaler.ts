import { CONTROLLER_ACCOUNTS } from '../../model/controllers';
import { clusterName } from '../../model/naming';
import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import {
  CLUSTER_CRITICAL,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  image,
  overZones,
  resources,
  scraped,
} from '../chart/pods';

const { account, namespace } = CONTROLLER_ACCOUNTS['node-autoscaler'];

/**
 * Gives a pool nodes when its pods wait, and takes them back. It finds pools by the tags that EKS puts on their groups,
 * and asks EKS for labels and taints, so that a pool grows from nothing and for its own pods only.
 */
export const nodeAutoscaler = (platform: PlatformFacts): ChartRow => ({
  chart: 'cluster-autoscaler',
  release: account,
  namespace,
  values: {
    fullnameOverride: account,
    cloudProvider: 'aws',
    awsRegion: platform.region,
    autoDiscovery: { clusterName: clusterName(platform) },
    image: image(platform, 'cluster-autoscaler'),
    rbac: { create: true, serviceAccount: { create: true, name: account } },
    extraArgs: {
      // A pool lies over three zones: of equal ones the fullest is left alone, and zones stay even.
      'balance-similar-node-groups': true,
      expander: 'least-waste',
      // A pod with a scratch folder or of a system namespace is moved as any other is; budgets guard what must stay.
      'skip-nodes-with-local-storage': false,
      'skip-nodes-with-system-pods': false,
      'scale-down-unneeded-time': '10m',
      'scale-down-utilization-threshold': 0.6,
      'max-node-provision-time': '15m',
      // Only `eks:DescribeNodegroup` and what is described here may be asked for.
      'aws-use-static-instance-list': false,
      logtostderr: true,
      stderrthreshold: 'info',
      v: 2,
    },
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: CLUSTER_CRITICAL,
    ...ON_SYSTEM_POOL,
    topologySpreadConstraints: overZones({ 'app.kubernetes.io/instance': account }),
    securityContext: { ...RESTRICTED_POD, runAsUser: 65_534, runAsGroup: 65_534, fsGroup: 65_534 },
    containerSecurityContext: RESTRICTED_CONTAINER,
    podAnnotations: scraped(8085),
    resources: resources(100, 400),
  },
});
