import {
  NetworkPolicyV1,
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecIngress,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { subnetCidr, SubnetKind } from '../../model/address-plan';
import { Edge, Grant } from '../../model/grants';
import { ProductSite, namespaceName } from '../../model/naming';
import { Door, PlatformFacts, ResolvedService } from '../../model/resolved';
import { labels, originAnnotation, selector } from '../workload/labels';

export interface NetworkPoliciesProps {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  readonly service: ResolvedService;
}

/**
 * What a service's edges open between pods, on top of namespaces that are closed. Both ends of a call are made here,
 * by the caller: whoever is called need not be deployed again.
 */
export class NetworkPolicies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkPoliciesProps,
  ) {
    super(scope, id);
    for (const edge of props.service.edges) this.edge(edge);
    if (props.service.door) this.door(props.service.door);
  }

  private edge(edge: Edge): void {
    const { site, service } = this.props;
    const place = new Construct(this, `${edge.verb}-${edge.to}`);
    const out = edge.grants.flatMap((grant) => this.egress(grant));
    if (out.length > 0)
      this.policy(place, 'out', {
        name: policyName(edge, 'out'),
        tier: service.tier,
        pods: service.name,
        origin: edge.origin,
        egress: out,
      });
    for (const grant of edge.grants) {
      if (grant.grant !== 'connection' || !('service' in grant.to)) continue;
      this.policy(place, 'in', {
        name: policyName(edge, 'in'),
        tier: grant.to.tier,
        pods: grant.to.service,
        origin: edge.origin,
        ingress: [{ from: [podsOf(site, service.tier, service.name)], ports: [tcp(grant.port)] }],
      });
    }
  }

  private egress(grant: Grant): readonly NetworkPolicyV1SpecEgress[] {
    const { site, platform } = this.props;
    switch (grant.grant) {
      case 'connection':
        return [
          {
            ports: [tcp(grant.port)],
            to: 'service' in grant.to ? [podsOf(site, grant.to.tier, grant.to.service)] : subnets(platform, 'isolated'),
          },
        ];
      case 'actions':
        // What is used only through another API is that API's to reach.
        if (grant.via !== undefined) return [];
        return [
          {
            ports: [tcp(443)],
            to: platform.endpoints
              ? subnets(platform, 'endpoint')
              : [{ ipBlock: { cidr: '0.0.0.0/0', except: [platform.cidr] } }],
          },
          toPodIdentity,
        ];
      case 'membership':
        // Its tokens are signed with what the pod identity agent hands out.
        return [toPodIdentity];
      case 'login':
      case 'coordinates':
      case 'backlog':
        return [];
    }
  }

  private door({ origin }: Door): void {
    const { platform, service } = this.props;
    if (service.port === undefined) return;
    this.policy(new Construct(this, 'door'), 'in', {
      name: `gateway-to-${service.name}-in`,
      tier: service.tier,
      pods: service.name,
      origin,
      ingress: [{ from: subnets(platform, 'public'), ports: [tcp(service.port)] }],
    });
  }

  private policy(
    place: Construct,
    id: 'in' | 'out',
    rule: {
      readonly name: string;
      readonly tier: string;
      readonly pods: string;
      readonly origin: string;
      readonly egress?: NetworkPolicyV1SpecEgress[];
      readonly ingress?: NetworkPolicyV1SpecIngress[];
    },
  ): void {
    const { site } = this.props;
    new NetworkPolicyV1(place, id, {
      metadata: {
        name: rule.name,
        namespace: namespaceName(site, rule.tier),
        labels: labels(site, rule.pods),
        annotations: originAnnotation(rule.origin),
      },
      spec: {
        podSelector: { matchLabels: selector(rule.pods) },
        policyTypes: [id === 'in' ? 'Ingress' : 'Egress'],
        ...(rule.egress && { egress: rule.egress }),
        ...(rule.ingress && { ingress: rule.ingress }),
      },
    });
  }
}

/** Keys have single dashes only, so that no two edges can make one name. */
const policyName = ({ from, verb, to }: Edge, end: 'in' | 'out'): string => [from, verb, to, end].join('--');

const tcp = (port: number) => ({ protocol: 'TCP', port: `${port}` });
const podsOf = (site: ProductSite, tier: string, service: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaceName(site, tier) } },
  podSelector: { matchLabels: selector(service) },
});
const subnets = (platform: PlatformFacts, kind: SubnetKind) =>
  platform.zones.map((zone) => ({ ipBlock: { cidr: subnetCidr(platform.cidr, kind, zone) } }));

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY_AGENT = '169.254.170.23/32';
const toPodIdentity: NetworkPolicyV1SpecEgress = { ports: [tcp(80)], to: [{ ipBlock: { cidr: POD_IDENTITY_AGENT } }] };
