import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';

/** One end of a way for packets. Addresses and prefix lists have no group of their own to open. */
export type End = { readonly group: string } | { readonly cidr: string } | { readonly prefixList: string };

export interface OpeningProps {
  readonly from: End;
  readonly to: End;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** The last of several ports; left out, it is one. */
  readonly last?: number;
  /** The edge or the row of the baseline that this exists for. */
  readonly origin: string;
}

/** A way for packets, opened at both of its ends; every rule is a resource of its own and says where it comes from. */
export class Opening extends Construct {
  constructor(scope: Construct, id: string, { from, to, protocol, port, last = port, origin }: OpeningProps) {
    super(scope, id);
    const common = { ipProtocol: protocol, fromPort: port, toPort: last, description: origin, tags: { origin } };
    if ('group' in from)
      new VpcSecurityGroupEgressRule(this, 'out', { securityGroupId: from.group, ...common, ...peer(to) });
    if ('group' in to)
      new VpcSecurityGroupIngressRule(this, 'in', { securityGroupId: to.group, ...common, ...peer(from) });
  }
}

const peer = (end: End): { referencedSecurityGroupId: string } | { cidrIpv4: string } | { prefixListId: string } => {
  if ('group' in end) return { referencedSecurityGroupId: end.group };
  return 'cidr' in end ? { cidrIpv4: end.cidr } : { prefixListId: end.prefixList };
};
