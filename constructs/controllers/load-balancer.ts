import { CONTROLLER_ACCOUNTS } from '../../model/controllers';
import { clusterName } from '../../model/naming';
import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { CLUSTER_CRITICAL, RESTRICTED_CONTAINER, RESTRICTED_POD, image, overZones, resources } from '../chart/pods';

const { account, namespace } = CONTROLLER_ACCOUNTS['load-balancer'];

/**
 * Makes pods targets and drains them. Load balancers are Terraform's, so everything that would make one is off. Region
 * and network are told: nodes answer no pod that asks for them (hop limit 1). Its webhook for Services is off, because
 * it would refuse the Services of every chart while the controller is not up (aws-load-balancer-controller#4140).
 */
export const loadBalancerController = (platform: PlatformFacts, vpcId: string): ChartRow => ({
  chart: 'aws-load-balancer-controller',
  release: account,
  namespace,
  values: {
    fullnameOverride: account,
    clusterName: clusterName(platform),
    region: platform.region,
    vpcId,
    image: image(platform, 'aws-load-balancer-controller'),
    serviceAccount: { create: true, name: account },
    enableServiceMutatorWebhook: false,
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    // Rules on groups come from edges; it has no right to touch them.
    enableBackendSecurityGroup: false,
    keepTLSSecret: true,
    controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } },
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: CLUSTER_CRITICAL,
    ...ON_SYSTEM_POOL,
    topologySpreadConstraints: overZones({ 'app.kubernetes.io/instance': account }),
    podSecurityContext: { ...RESTRICTED_POD, fsGroup: 65_534 },
    securityContext: RESTRICTED_CONTAINER,
    resources: resources(100, 256),
  },
});
