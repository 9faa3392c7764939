import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { baselineOrigin } from '../../model/baseline';
import { ProductSite, namespaceName } from '../../model/naming';
import { COLLECTOR } from '../../model/platform-namespaces';
import { originAnnotation } from '../workload/labels';

/** Where a tier's pods live: closed to everything but names, and to every pod that Pod Security would not admit. */
export class TierNamespace extends Construct {
  constructor(scope: Construct, id: string, { site, tier }: { readonly site: ProductSite; readonly tier: string }) {
    super(scope, id);
    const name = namespaceName(site, tier);
    const namespace = new NamespaceV1(this, 'Resource', {
      metadata: {
        name,
        labels: {
          'app.kubernetes.io/part-of': site.product,
          'app.kubernetes.io/managed-by': 'groundplan',
          ...Object.fromEntries(
            ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
          ),
          // Before the first pod: a pod without its gate would be replaced before it is a target.
          'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
        },
      },
    });
    const namespaced = (policy: string, origin: string) => ({
      name: policy,
      namespace: namespace.metadata.name,
      annotations: originAnnotation(origin),
    });
    new NetworkPolicyV1(this, 'closed', {
      metadata: namespaced('closed', baselineOrigin('closed')),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    new NetworkPolicyV1(this, 'names', {
      metadata: namespaced('names', baselineOrigin('dns-pods')),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
            ports: [
              { protocol: 'UDP', port: '53' },
              { protocol: 'TCP', port: '53' },
            ],
          },
        ],
      },
    });
    const collector = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': COLLECTOR.namespace } },
      podSelector: { matchLabels: { ...COLLECTOR.labels } },
    };
    new NetworkPolicyV1(this, 'scraped', {
      metadata: namespaced('scraped', baselineOrigin('scraped')),
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        // Which port a service answers on is its own affair, and not that of the namespace.
        ingress: [{ from: [collector], ports: [{ protocol: 'TCP', port: '1024', endPort: 65_535 }] }],
      },
    });
    new NetworkPolicyV1(this, 'traces', {
      metadata: namespaced('traces', baselineOrigin('traces')),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [collector],
            ports: [COLLECTOR.grpcPort, COLLECTOR.httpPort].map((port) => ({ protocol: 'TCP', port: `${port}` })),
          },
        ],
      },
    });
  }
}
