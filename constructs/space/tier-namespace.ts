import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { Construct } from 'constructs';
import { baselineOrigin } from '../../model/baseline';
import { ProductSite, namespaceName, teamGroup } from '../../model/naming';
import { COLLECTOR } from '../../model/platform-namespaces';
import { originAnnotation } from '../workload/labels';

/**
 * Where a tier's pods live: closed to everything but names, and to every pod that Pod Security would not admit;
 * bounded, and open to the eyes of the team that it belongs to.
 */
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
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name: 'quota', namespace: namespace.metadata.name },
      // Numbers that no product comes near: they stop what runs away, and whoever opens a door beside the gateway.
      spec: {
        hard: {
          'count/pods': '2000',
          'count/jobs.batch': '1000',
          'services.loadbalancers': '0',
          'services.nodeports': '0',
          persistentvolumeclaims: '0',
        },
      },
    });
    new LimitRangeV1(this, 'limits', {
      metadata: { name: 'limits', namespace: namespace.metadata.name },
      spec: {
        limit: [
          {
            type: 'Container',
            default: { memory: '512Mi' },
            defaultRequest: { cpu: '100m', memory: '512Mi' },
          },
        ],
      },
    });
    new RoleBindingV1(this, 'team', {
      metadata: { name: 'team', namespace: namespace.metadata.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subject: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: teamGroup(site) }],
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
