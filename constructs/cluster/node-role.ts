import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { Site, nodeRoleName } from '../../model/naming';
import { assumedBy } from '../policy/policy';

/** What a node itself may do: join, pull images, be looked at through Session Manager. Pods have roles of their own. */
export class NodeRole extends Construct {
  readonly role: IamRole;
  readonly rights: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, { site }: { readonly site: Site }) {
    super(scope, id);
    this.role = new IamRole(this, 'Resource', {
      name: nodeRoleName(site),
      assumeRolePolicy: assumedBy(this, 'trust', 'ec2.amazonaws.com'),
    });
    this.rights = POLICIES.map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: this.role.name,
          policyArn: `arn:aws:iam::aws:policy/${policy}`,
        }),
    );
  }
}

const POLICIES = [
  'AmazonEKSWorkerNodePolicy',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonSSMManagedInstanceCore',
] as const;
