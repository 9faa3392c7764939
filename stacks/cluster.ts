import { Construct } from 'constructs';
import { ClusterAddOns, NodeAddOns } from '../constructs/cluster/add-ons';
import { Baseline } from '../constructs/cluster/baseline';
import { Cluster } from '../constructs/cluster/cluster';
import { NodeRole } from '../constructs/cluster/node-role';
import { NodePool } from '../constructs/pool/node-pool';
import { clusterContract, networkContract } from '../model/contracts';
import { platformName, platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { systemPool } from '../model/system-pool';
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
    const nodeAddOns = new NodeAddOns(this, 'node-add-ons', { platform, dependsOn: [cluster] });
    const { type, ...size } = systemPool(platform);
    const pool = new NodePool(this, 'system', {
      site: platform,
      name: platformName(platform, 'system'),
      nodes: { ...size, instanceType: type.type, architecture: type.architecture, version: platform.kubernetes.nodes },
      subnetIds: network['private-subnet-ids'],
      securityGroupIds: [baseline.member.id],
      labels: { 'groundplan.dev/pool': 'system' },
      taint: { key: 'CriticalAddonsOnly', value: 'true' },
      dependsOn: [...nodeAddOns.addOns, ...nodeRole.rights],
    });
    new ClusterAddOns(this, 'cluster-add-ons', { platform, dependsOn: [pool.group] });

    this.publish(clusterContract, {
      'cluster-endpoint': cluster.endpoint,
      'cluster-authority': cluster.certificateAuthority.get(0).data,
      'member-security-group-id': baseline.member.id,
    });
  }
}
