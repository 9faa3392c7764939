import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { TerraformMetaArguments } from 'cdktf';
import { Construct } from 'constructs';
import { Site, clusterName, platformName } from '../../model/naming';
import { Statement, assumedBy, policyDocument } from '../policy/policy';

export interface PodRoleProps {
  readonly site: Site;
  readonly name: string;
  readonly namespace: string;
  readonly account: string;
  readonly statements: readonly Statement[];
  /** The cluster, where it is made beside the role. */
  readonly dependsOn?: TerraformMetaArguments['dependsOn'];
}

/** Who a pod of the platform is to AWS: a role of its own, that no other pod can take on. */
export class PodRole extends Construct {
  constructor(scope: Construct, id: string, { site, name, namespace, account, statements, dependsOn }: PodRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      name: platformName(site, name),
      assumeRolePolicy: assumedBy(
        this,
        'trust',
        'pods.eks.amazonaws.com',
        ['sts:AssumeRole', 'sts:TagSession'],
        [
          { test: 'StringEquals', variable: 'aws:RequestTag/kubernetes-namespace', values: [namespace] },
          { test: 'StringEquals', variable: 'aws:RequestTag/kubernetes-service-account', values: [account] },
        ],
      ),
    });
    new IamRolePolicy(this, 'rights', {
      name: 'rights',
      role: role.id,
      policy: policyDocument(this, 'rights-document', statements),
    });
    new EksPodIdentityAssociation(this, 'association', {
      clusterName: clusterName(site),
      namespace,
      serviceAccount: account,
      roleArn: role.arn,
      ...(dependsOn && { dependsOn }),
    });
  }
}
