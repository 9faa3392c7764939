import { Construct } from 'constructs';
import { SNAPSHOT_ACCOUNT } from '../../model/controllers';
import { Site, platformName, snapshotBucketName } from '../../model/naming';
import { ClosedBucket } from '../bucket/closed-bucket';
import { PodRole, PodRoleProps } from '../identity/pod-role';
import { EncryptionKey } from '../key/encryption-key';

/** Where the registry of services is saved, under a key of its own; its job may add to it and read nothing back. */
export class SnapshotStore extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { site, dependsOn }: { readonly site: Site; readonly dependsOn: PodRoleProps['dependsOn'] },
  ) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site,
      alias: platformName(site, 'discovery-snapshots'),
      description: `What is saved of the registry of ${site.platform}`,
      kept: true,
    });
    const { bucket } = new ClosedBucket(this, 'Resource', {
      name: snapshotBucketName(site),
      keyArn: key.arn,
      keptDays: KEPT_DAYS,
      formerDays: KEPT_DAYS,
      abandonedDays: 1,
      kept: true,
    });
    new PodRole(this, 'job', {
      site,
      name: 'registry-snapshots',
      ...SNAPSHOT_ACCOUNT,
      statements: [
        { sid: 'AddSnapshots', actions: ['s3:PutObject'], resources: [`${bucket.arn}/*`] },
        {
          // What is sent in parts is read back by S3 to be put together.
          sid: 'EncryptSnapshots',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [key.arn],
          conditions: [
            { test: 'StringEquals', variable: 'kms:ViaService', values: [`s3.${site.region}.amazonaws.com`] },
          ],
        },
      ],
      dependsOn,
    });
  }
}

/** As long as one may need to find out that the registry has been wrong. */
const KEPT_DAYS = 30;
