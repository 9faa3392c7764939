import { ON_EVERY_NODE } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { NODE_CRITICAL, image, resources, resourcesInstead } from '../chart/pods';

const NAMESPACE = 'platform-nodes';

/**
 * Secrets as files of the pods that may read them, read again while the pods run: a rotated login arrives without a
 * restart. Nothing is copied into objects of the cluster.
 */
export const secretsDriver = (platform: PlatformFacts): ChartRow => ({
  chart: 'secrets-store-csi-driver',
  release: 'secrets-store-csi-driver',
  namespace: NAMESPACE,
  values: {
    fullnameOverride: 'secrets-store-csi-driver',
    linux: {
      image: image(platform, 'secrets-store-driver'),
      crds: { image: image(platform, 'secrets-store-driver-crds'), resources: resources(10, 64) },
      registrarImage: image(platform, 'csi-node-driver-registrar'),
      livenessProbeImage: image(platform, 'livenessprobe'),
      driver: { resources: resourcesInstead(10, 40, 200) },
      registrar: { resources: resourcesInstead(5, 16, 64) },
      livenessProbe: { resources: resourcesInstead(5, 16, 64) },
      tolerations: ON_EVERY_NODE,
      priorityClassName: NODE_CRITICAL,
    },
    syncSecret: { enabled: false },
    enableSecretRotation: true,
    rotationPollInterval: '2m',
    // Whose identity the provider asks AWS with: that of the pod that mounts.
    tokenRequests: [{ audience: 'sts.amazonaws.com' }, { audience: 'pods.eks.amazonaws.com' }],
  },
});

/** How the driver reads from Secrets Manager. It has no rights of its own. */
export const secretsProvider = (platform: PlatformFacts): ChartRow => ({
  chart: 'secrets-store-csi-driver-provider-aws',
  release: 'secrets-store-provider-aws',
  namespace: NAMESPACE,
  values: {
    fullnameOverride: 'secrets-store-provider-aws',
    image: image(platform, 'secrets-store-provider-aws'),
    awsRegion: platform.region,
    tolerations: ON_EVERY_NODE,
    priorityClassName: NODE_CRITICAL,
    resources: resourcesInstead(10, 40, 128),
    'secrets-store-csi-driver': { install: false },
  },
});
