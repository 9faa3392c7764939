/**
 * Every version that the platform pins, in one dated table. A Kubernetes version is offered when all its add-ons are
 * pinned; checked against what `aws eks describe-addon-versions` lists in public records of November 2026 or older.
 */
export const VERSIONS_DATE = '2026-11-20';

export const ADD_ONS = {
  '1.32': {
    'vpc-cni': 'v1.20.2-eksbuild.1',
    'kube-proxy': 'v1.32.6-eksbuild.12',
    'eks-pod-identity-agent': 'v1.3.8-eksbuild.2',
    coredns: 'v1.11.4-eksbuild.24',
  },
  '1.33': {
    'vpc-cni': 'v1.20.2-eksbuild.1',
    'kube-proxy': 'v1.33.3-eksbuild.6',
    'eks-pod-identity-agent': 'v1.3.8-eksbuild.2',
    coredns: 'v1.12.4-eksbuild.1',
  },
} as const;

export type KubernetesVersion = keyof typeof ADD_ONS;
export const KUBERNETES_VERSIONS = Object.keys(ADD_ONS).sort() as KubernetesVersion[];
/** Nodes may lag the control plane, and never lead it. */
export const minorOf = (version: KubernetesVersion): number => Number(version.split('.')[1]);

export const TERRAFORM_CONSTRAINT = '>= 1.10.0';
export const AWS_CONSTRAINT = '>= 5.100.0, < 7.0.0';
export const KUBERNETES_CONSTRAINT = '>= 2.38.0, < 3.0.0';
export const HELM_CONSTRAINT = '>= 3.1.0, < 4.0.0';
