import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { TerraformMetaArguments } from 'cdktf';
import { Construct } from 'constructs';
import { clusterName, platformName } from '../../model/naming';
import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { AddOn, KUBERNETES } from '../../model/versions';
import { Statement, assumedBy, policyDocument } from '../policy/policy';
import { corefile } from './corefile';

interface AddOnsProps {
  readonly platform: PlatformFacts;
  readonly dependsOn: NonNullable<TerraformMetaArguments['dependsOn']>;
}

/** What a node needs before it is of any use: network, proxy, identities. Before the first node. */
export class NodeAddOns extends Construct {
  readonly addOns: readonly EksAddon[];

  constructor(scope: Construct, id: string, { platform, dependsOn }: AddOnsProps) {
    super(scope, id);
    const role = new IamRole(this, 'network-role', {
      name: platformName(platform, 'vpc-cni'),
      assumeRolePolicy: assumedBy(this, 'network-trust', 'pods.eks.amazonaws.com', [
        'sts:AssumeRole',
        'sts:TagSession',
      ]),
    });
    const rights = new IamRolePolicyAttachment(this, 'network-rights', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy',
    });
    this.addOns = [
      addOn(this, 'eks-pod-identity-agent', platform, { dependsOn }),
      addOn(this, 'kube-proxy', platform, { dependsOn }),
      addOn(this, 'vpc-cni', platform, {
        dependsOn: [...dependsOn, rights],
        podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: 'aws-node' }],
        configurationValues: JSON.stringify({
          enableNetworkPolicy: 'true',
          env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
        }),
      }),
    ];
  }
}

/** What runs on nodes. After the system pool. */
export class ClusterAddOns extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { platform, dependsOn, volumesKeyArn }: AddOnsProps & { readonly volumesKeyArn: string },
  ) {
    super(scope, id);
    addOn(this, 'coredns', platform, {
      dependsOn,
      configurationValues: JSON.stringify({
        replicaCount: platform.zones.length,
        ...ON_SYSTEM_POOL,
        corefile: corefile(platform.discovery),
      }),
    });
    const role = new IamRole(this, 'volumes-role', {
      name: platformName(platform, 'ebs-csi'),
      assumeRolePolicy: assumedBy(this, 'volumes-trust', 'pods.eks.amazonaws.com', [
        'sts:AssumeRole',
        'sts:TagSession',
      ]),
    });
    const rights = new IamRolePolicyAttachment(this, 'volumes-rights', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy',
    });
    const keyRights = new IamRolePolicy(this, 'volumes-key-rights', {
      name: 'volumes-key',
      role: role.id,
      policy: policyDocument(this, 'volumes-key-document', volumesKeyRights(volumesKeyArn)),
    });
    addOn(this, 'aws-ebs-csi-driver', platform, {
      dependsOn: [...dependsOn, rights, keyRights],
      podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: 'ebs-csi-controller-sa' }],
      configurationValues: JSON.stringify({
        controller: { replicaCount: 2, ...ON_SYSTEM_POOL },
        node: { tolerateAllTaints: true },
      }),
    });
  }
}

/** EBS encrypts in the driver's name, by grants of the key: https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html */
const volumesKeyRights = (keyArn: string): readonly Statement[] => [
  {
    sid: 'EncryptVolumes',
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: [keyArn],
  },
  {
    sid: 'GrantToVolumes',
    actions: ['kms:CreateGrant'],
    resources: [keyArn],
    conditions: [{ test: 'Bool', variable: 'kms:GrantIsForAWSResource', values: ['true'] }],
  },
];

const addOn = (
  scope: Construct,
  name: AddOn,
  platform: PlatformFacts,
  config: Pick<
    ConstructorParameters<typeof EksAddon>[2],
    'dependsOn' | 'configurationValues' | 'podIdentityAssociation'
  >,
): EksAddon =>
  new EksAddon(scope, name, {
    clusterName: clusterName(platform),
    addonName: name,
    addonVersion: KUBERNETES[platform.kubernetes.control].addOns[name],
    resolveConflictsOnCreate: 'OVERWRITE',
    resolveConflictsOnUpdate: 'OVERWRITE',
    ...config,
  });
