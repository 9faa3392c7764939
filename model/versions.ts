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
    },
  },
  '1.35': {
    supportedUntil: '2027-03-27',
    addOns: {
      'vpc-cni': 'v1.21.1-eksbuild.3',
      'kube-proxy': 'v1.35.0-eksbuild.2',
      'eks-pod-identity-agent': 'v1.3.10-eksbuild.2',
      coredns: 'v1.13.1-eksbuild.1',
    },
  },
} as const;

export type KubernetesVersion = keyof typeof KUBERNETES;
export type AddOn = keyof (typeof KUBERNETES)[KubernetesVersion]['addOns'];
export const KUBERNETES_VERSIONS = Object.keys(KUBERNETES).sort() as KubernetesVersion[];
/** Nodes may lag the control plane, and never lead it. */
export const minorOf = (version: KubernetesVersion): number => Number(version.split('.')[1]);

export const TERRAFORM_CONSTRAINT = '>= 1.10.0';
export const AWS_CONSTRAINT = '>= 5.100.0, < 7.0.0';
export const KUBERNETES_CONSTRAINT = '>= 2.38.0, < 3.0.0';
export const HELM_CONSTRAINT = '>= 3.1.0, < 4.0.0';
