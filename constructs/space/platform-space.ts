import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { NetworkPolicyV1, NetworkPolicyV1SpecIngressFrom } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { subnetCidr } from '../../model/address-plan';
import { COLLECTOR, PlatformNamespace, WayIn, platformNamespace } from '../../model/platform-namespaces';
import { PlatformFacts } from '../../model/resolved';
import { originAnnotation } from '../workload/labels';

/**
 * A namespace of the platform's own pods: as strict as they can be, and closed to packets but for its rows. What its
 * pods may reach is said by the groups of their nodes.
 */
export class PlatformSpace extends Construct {
  /** What lives in it waits for this. */
  readonly namespace: NamespaceV1;

  constructor(
    scope: Construct,
    id: string,
    { platform, name }: { readonly platform: PlatformFacts; readonly name: PlatformNamespace },
  ) {
    super(scope, id);
    const { podSecurity, why, takes } = platformNamespace(name);
    this.namespace = new NamespaceV1(this, 'Resource', {
      metadata: {
        name,
        labels: {
          'app.kubernetes.io/managed-by': 'groundplan',
          ...Object.fromEntries(
            ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]),
          ),
        },
        annotations: { 'groundplan.dev/why': why },
      },
    });
    const namespace = this.namespace.metadata.name;
    new NetworkPolicyV1(this, 'closed', {
      metadata: { name: 'closed', namespace, annotations: originAnnotation('baseline/closed') },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });
    for (const way of takes)
      new NetworkPolicyV1(this, way.id, {
        metadata: { name: way.id, namespace, annotations: originAnnotation(`baseline/${name}/${way.id}`) },
        spec: {
          podSelector: {},
          policyTypes: ['Ingress'],
          ingress: [{ from: PEERS[way.from](platform), ports: [{ protocol: way.protocol, port: `${way.port}` }] }],
        },
      });
  }
}

const PEERS: Readonly<Record<WayIn['from'], (platform: PlatformFacts) => NetworkPolicyV1SpecIngressFrom[]>> = {
  'control-plane': ({ cidr, zones }) => zones.map((zone) => ({ ipBlock: { cidr: subnetCidr(cidr, 'private', zone) } })),
  own: () => [{ podSelector: {} }],
  collector: () => [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': COLLECTOR.namespace } },
      podSelector: { matchLabels: { ...COLLECTOR.labels } },
    },
  ],
  dns: () => [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  registry: () => [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform-discovery' } }, podSelector: {} },
  ],
  products: () => [{ namespaceSelector: {} }],
};
