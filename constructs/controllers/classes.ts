import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { StorageClassV1 } from '@cdktf/provider-kubernetes/lib/storage-class-v1';
import { Construct } from 'constructs';
import { PRIORITY_CLASSES, storageClasses } from '../../model/classes';
import { quorumPlan } from '../../model/discovery';
import { PlatformFacts } from '../../model/resolved';

/** Words that pods and claims of the whole cluster use. */
export class Classes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { platform, volumesKeyArn }: { readonly platform: PlatformFacts; readonly volumesKeyArn: string },
  ) {
    super(scope, id);
    for (const { name, value, preempts, why } of PRIORITY_CLASSES)
      new PriorityClassV1(this, `priority-${name}`, {
        metadata: { name },
        value,
        description: why,
        globalDefault: false,
        preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
      });
    for (const { name, usual, parameters } of storageClasses(volumesKeyArn, quorumPlan(platform)?.need))
      new StorageClassV1(this, `storage-${name}`, {
        metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': `${usual}` } },
        storageProvisioner: 'ebs.csi.aws.com',
        parameters: { ...parameters },
        reclaimPolicy: 'Retain',
        // A volume is made where its pod can run, and not in a zone that has no room for it.
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: true,
      });
  }
}
