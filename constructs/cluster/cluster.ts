import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { SERVICE_CIDR, runnerRanges } from '../../model/address-plan';
import { clusterName, digest, platformName } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';
import { EncryptionKey, logsService } from '../key/encryption-key';
import { logGroup } from '../logs/log-group';
import { assumedBy } from '../policy/policy';

export interface ClusterProps {
  readonly platform: PlatformFacts;
  readonly subnetIds: readonly string[];
  readonly controlPlaneGroup: string;
}

/**
 * The Kubernetes API of a platform, reachable from inside the network, and from where else the platform says. Nobody is an administrator by having made
 * it: whoever may do anything stands in the list.
 */
export class Cluster extends Construct {
  readonly cluster: EksCluster;

  constructor(scope: Construct, id: string, { platform, subnetIds, controlPlaneGroup }: ClusterProps) {
    super(scope, id);
    const name = clusterName(platform);
    const key = new EncryptionKey(this, 'key', {
      site: platform,
      alias: platformName(platform, 'cluster'),
      description: `Secrets and logs of cluster ${name}`,
      kept: true,
      services: [logsService(platform)],
    });
    const logs = logGroup(this, 'logs', {
      name: `/aws/eks/${name}/cluster`,
      retentionInDays: platform.logDays,
      keyArn: key.arn,
    });
    const role = new IamRole(this, 'role', {
      name: platformName(platform, 'cluster'),
      assumeRolePolicy: assumedBy(this, 'trust', 'eks.amazonaws.com'),
    });
    const rights = new IamRolePolicyAttachment(this, 'rights', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    });

    const { outside } = runnerRanges(platform);
    this.cluster = new EksCluster(this, 'Resource', {
      name,
      version: platform.kubernetes.control,
      roleArn: role.arn,
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: {
        subnetIds: [...subnetIds],
        securityGroupIds: [controlPlaneGroup],
        endpointPrivateAccess: true,
        endpointPublicAccess: outside.length > 0,
        ...(outside.length > 0 && { publicAccessCidrs: [...outside] }),
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: SERVICE_CIDR },
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] },
      enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      upgradePolicy: { supportType: 'STANDARD' },
      zonalShiftConfig: { enabled: true },
      lifecycle: { preventDestroy: true },
      dependsOn: [rights, logs],
    });
    for (const admin of platform.admins) this.administrator(admin);
  }

  private administrator(roleArn: string): void {
    const name = roleArn.replace(/^.*\//, '').replace(/[^A-Za-z0-9]+/g, '-');
    // Roles of two accounts, or under two paths, may share a name.
    const place = new Construct(this, `admin-${name}-${digest(roleArn).toString(16).padStart(8, '0')}`);
    const entry = new EksAccessEntry(place, 'entry', {
      clusterName: this.cluster.name,
      principalArn: roleArn,
      type: 'STANDARD',
    });
    new EksAccessPolicyAssociation(place, 'policy', {
      clusterName: this.cluster.name,
      principalArn: roleArn,
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      accessScope: { type: 'cluster' },
      dependsOn: [entry],
    });
  }
}
