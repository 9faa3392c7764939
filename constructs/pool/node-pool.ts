import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { TerraformMetaArguments } from 'cdktf';
import { Construct } from 'constructs';
import { LIMITS, Site, clusterName, fitted, nodeRoleName, roleArn } from '../../model/naming';
import { InstanceType } from '../../model/sizing';
import { KubernetesVersion } from '../../model/versions';

export interface NodePoolProps {
  readonly site: Site;
  /** The pool's own name; the architecture is added, because changing it takes a second pool. */
  readonly name: string;
  readonly nodes: {
    readonly type: InstanceType;
    readonly min: number;
    readonly max: number;
    readonly volumeGib: number;
    readonly version: KubernetesVersion;
  };
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Who may not come here without saying so; left out, everybody may. */
  readonly taint?: { readonly key: string; readonly value: string };
  readonly dependsOn?: TerraformMetaArguments['dependsOn'];
}

/**
 * Nodes of one type behind one name. The type is in the launch template only, so that another one rolls the nodes in
 * place. Architecture would replace the group, so it is part of its name: the second group is there before the first is
 * drained.
 */
export class NodePool extends Construct {
  readonly group: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { site, nodes } = props;
    const name = fitted(`${props.name}-${nodes.type.architecture === 'arm64' ? 'arm64' : 'x86'}`, LIMITS.nodeGroup);
    const template = new LaunchTemplate(this, 'template', {
      name,
      instanceType: nodes.type.type,
      updateDefaultVersion: true,
      vpcSecurityGroupIds: [...props.securityGroupIds],
      // Pods have identities of their own; one hop keeps them from borrowing the node's.
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeSize: nodes.volumeGib, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
        },
      ],
      ...(nodes.type.nvmeGb > 0 && { userData: Buffer.from(LOCAL_DISKS).toString('base64') }),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: { Name: name, platform: site.platform },
      })),
    });
    this.group = new EksNodeGroup(this, 'Resource', {
      clusterName: clusterName(site),
      nodeGroupName: name,
      nodeRoleArn: roleArn(site, nodeRoleName(site)),
      subnetIds: [...props.subnetIds],
      amiType: nodes.type.architecture === 'arm64' ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
      capacityType: 'ON_DEMAND',
      version: nodes.version,
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      scalingConfig: { minSize: nodes.min, maxSize: nodes.max, desiredSize: nodes.min },
      updateConfig: { maxUnavailablePercentage: ROLLED_AT_ONCE_PERCENT },
      nodeRepairConfig: { enabled: true },
      forceUpdateVersion: false,
      labels: { ...props.labels },
      ...(props.taint && { taint: [{ ...props.taint, effect: 'NO_SCHEDULE' }] }),
      tags: { Name: name },
      // The autoscaler owns the size.
      lifecycle: { ignoreChanges: ['scaling_config[0].desired_size'], createBeforeDestroy: true },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

/** A third of a pool at a time is one zone's worth: what a pool must survive anyway. */
const ROLLED_AT_ONCE_PERCENT = 33;

/**
 * What lies on local disks is what a node may lose anyway: images, logs, scratch space of pods.
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/
 */
const LOCAL_DISKS = `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  instance:
    localStorage:
      strategy: RAID0

--//--
`;
