import { Construct } from 'constructs';
import { ClusterAddOns, NodeAddOns } from '../constructs/cluster/add-ons';
import { Baseline } from '../constructs/cluster/baseline';
import { Cluster } from '../constructs/cluster/cluster';
import { NodeRole } from '../constructs/cluster/node-role';
import { PlatformPools } from '../constructs/cluster/platform-pools';
import { ControllerRoles } from '../constructs/controllers/controller-roles';
import { SnapshotStore } from '../constructs/discovery/snapshot-store';
import { EncryptionKey } from '../constructs/key/encryption-key';
import { Registry } from '../constructs/registry/registry';
import { clusterContract, networkContract } from '../model/contracts';
import { platformName, platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { AwsStack } from './base';

/** Kubernetes, and what every node has in common. Add-ons come in the order in which nodes need them. */
export class ClusterStack extends AwsStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, platformStack(platform, 'cluster'), platform);
    const network = this.read(platformStack(platform, 'network'), networkContract);
    const baseline = new Baseline(this, 'baseline', {
      platform,
      vpcId: network['vpc-id'],
      endpointsGroup: network['endpoint-security-group-id'],
      s3PrefixList: network['s3-prefix-list-id'],
    });
    const nodeRole = new NodeRole(this, 'node-role', { site: platform });
    const { cluster } = new Cluster(this, 'cluster', {
      platform,
      subnetIds: network['private-subnet-ids'],
      controlPlaneGroup: baseline.controlPlane.id,
    });
    new Registry(this, 'registry', { platform });
    const volumes = new EncryptionKey(new Construct(this, 'volumes'), 'key', {
      site: platform,
      alias: platformName(platform, 'volumes'),
      description: `Volumes of pods of ${platform.platform}`,
      kept: true,
    });
    const nodeAddOns = new NodeAddOns(this, 'node-add-ons', { platform, dependsOn: [cluster] });
    const pools = new PlatformPools(this, 'pools', {
      platform,
      subnetIds: network['private-subnet-ids'],
      groupIdsOf: (pool) => [baseline.member.id, baseline.groupOf(pool)],
      dependsOn: [...nodeAddOns.addOns, ...nodeRole.rights],
    });
    new ClusterAddOns(this, 'cluster-add-ons', {
      platform,
      volumesKeyArn: volumes.arn,
      dependsOn: [pools.system],
    });
    if (platform.discovery !== 'none') new SnapshotStore(this, 'snapshots', { site: platform, dependsOn: [cluster] });
    new ControllerRoles(this, 'controllers', { site: platform, dependsOn: [cluster] });

    this.publish(clusterContract, {
      'cluster-endpoint': cluster.endpoint,
      'cluster-authority': cluster.certificateAuthority.get(0).data,
      'member-security-group-id': baseline.member.id,
      'shared-security-group-id': baseline.groupOf('shared'),
      'volumes-key-arn': volumes.arn,
    });
  }
}
