/**
 * Every version that the platform pins, in one dated table. A Kubernetes version is offered while AWS supports it at no
 * extra price, and when all its add-ons are pinned: after that day AWS moves a cluster on by itself, and the
 * declaration would ask for a way back that there is not.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const KUBERNETES = {
  '1.34': {
    supportedUntil: '2026-12-02',
    addOns: {
      'vpc-cni': 'v1.21.1-eksbuild.1',
      'kube-proxy': 'v1.34.1-eksbuild.2',
      'eks-pod-identity-agent': 'v1.3.10-eksbuild.2',
      coredns: 'v1.12.4-eksbuild.1',
      'aws-ebs-csi-driver': 'v1.54.0-eksbuild.1',
    },
  },
  '1.35': {
    supportedUntil: '2027-03-27',
    addOns: {
      'vpc-cni': 'v1.21.1-eksbuild.3',
      'kube-proxy': 'v1.35.0-eksbuild.2',
      'eks-pod-identity-agent': 'v1.3.10-eksbuild.2',
      coredns: 'v1.13.1-eksbuild.1',
      'aws-ebs-csi-driver': 'v1.55.0-eksbuild.1',
    },
  },
} as const;

export type KubernetesVersion = keyof typeof KUBERNETES;
export type AddOn = keyof (typeof KUBERNETES)[KubernetesVersion]['addOns'];
export const KUBERNETES_VERSIONS = Object.keys(KUBERNETES).sort() as KubernetesVersion[];
/** Nodes may lag the control plane, and never lead it. */
export const minorOf = (version: KubernetesVersion): number => Number(version.split('.')[1]);

/** Charts of others, by repository and version, as their sources were published on the date. */
export const CHARTS_DATE = '2026-08-22';
export const CHARTS = {
  'aws-load-balancer-controller': { repository: 'https://aws.github.io/eks-charts', version: '3.5.0' },
  'cluster-autoscaler': { repository: 'https://kubernetes.github.io/autoscaler', version: '9.59.0' },
  consul: { repository: 'https://helm.releases.hashicorp.com', version: '1.9.11' },
  'fluent-bit': { repository: 'https://fluent.github.io/helm-charts', version: '0.58.1' },
  keda: { repository: 'https://kedacore.github.io/charts', version: '2.20.2' },
  'kube-state-metrics': { repository: 'https://prometheus-community.github.io/helm-charts', version: '8.4.0' },
  'metrics-server': { repository: 'https://kubernetes-sigs.github.io/metrics-server', version: '3.13.1' },
  'opentelemetry-collector': {
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    version: '0.170.0',
  },
  'prometheus-node-exporter': { repository: 'https://prometheus-community.github.io/helm-charts', version: '4.56.1' },
  'secrets-store-csi-driver': {
    repository: 'https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts',
    version: '1.6.0',
  },
  'secrets-store-csi-driver-provider-aws': {
    repository: 'https://aws.github.io/secrets-store-csi-driver-provider-aws',
    version: '3.1.1',
  },
} as const;
export type ChartName = keyof typeof CHARTS;

/** What the charts run: where it is published, and the tag that is copied into the platform's registry. */
export const IMAGES = {
  'aws-cli': { from: 'public.ecr.aws/aws-cli/aws-cli', tag: '2.31.29' },
  'aws-load-balancer-controller': { from: 'public.ecr.aws/eks/aws-load-balancer-controller', tag: 'v3.5.0' },
  consul: { from: 'docker.io/hashicorp/consul', tag: '1.22.7' },
  'consul-k8s-control-plane': { from: 'docker.io/hashicorp/consul-k8s-control-plane', tag: '1.9.11' },
  'csi-node-driver-registrar': { from: 'registry.k8s.io/sig-storage/csi-node-driver-registrar', tag: 'v2.16.0' },
  'fluent-bit': { from: 'cr.fluentbit.io/fluent/fluent-bit', tag: '5.1.1' },
  keda: { from: 'ghcr.io/kedacore/keda', tag: '2.20.2' },
  'keda-admission-webhooks': { from: 'ghcr.io/kedacore/keda-admission-webhooks', tag: '2.20.2' },
  'keda-metrics-apiserver': { from: 'ghcr.io/kedacore/keda-metrics-apiserver', tag: '2.20.2' },
  'kube-state-metrics': { from: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', tag: 'v2.20.0' },
  livenessprobe: { from: 'registry.k8s.io/sig-storage/livenessprobe', tag: 'v2.18.0' },
  'metrics-server': { from: 'registry.k8s.io/metrics-server/metrics-server', tag: 'v0.8.1' },
  'node-exporter': { from: 'quay.io/prometheus/node-exporter', tag: 'v1.12.1' },
  'opentelemetry-collector-contrib': {
    from: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib',
    tag: '0.158.0',
  },
  'secrets-store-driver': { from: 'registry.k8s.io/csi-secrets-store/driver', tag: 'v1.6.0' },
  'secrets-store-driver-crds': { from: 'registry.k8s.io/csi-secrets-store/driver-crds', tag: 'v1.6.0' },
  'secrets-store-provider-aws': {
    from: 'public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws',
    tag: '3.1.1',
  },
} as const;

/** The autoscaler simulates the scheduler of its own minor version, so it follows the control plane. */
export const CLUSTER_AUTOSCALER = {
  from: 'registry.k8s.io/autoscaling/cluster-autoscaler',
  tags: { '1.34': 'v1.34.3', '1.35': 'v1.35.0' },
} as const satisfies { readonly from: string; readonly tags: Readonly<Record<KubernetesVersion, string>> };

export const TERRAFORM_CONSTRAINT = '>= 1.10.0';
export const AWS_CONSTRAINT = '>= 5.100.0, < 7.0.0';
export const KUBERNETES_CONSTRAINT = '>= 2.38.0, < 3.0.0';
export const HELM_CONSTRAINT = '>= 3.1.0, < 4.0.0';
