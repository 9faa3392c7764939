import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { SNAPSHOT_ACCOUNT } from '../../model/controllers';
import { Site, platformName, snapshotBucketName } from '../../model/naming';
import { PodRole, PodRoleProps } from '../identity/pod-role';
import { EncryptionKey } from '../key/encryption-key';
import { denyClearText, policyDocument } from '../policy/policy';

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
    const store = new S3Bucket(this, 'Resource', {
      bucket: snapshotBucketName(site),
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
    });
    const bucket = store.id;
    new S3BucketPublicAccessBlock(this, 'closed', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketVersioningA(this, 'versions', { bucket, versioningConfiguration: { status: 'Enabled' } });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: KEPT_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: KEPT_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument(this, 'policy-document', [denyClearText([store.arn, `${store.arn}/*`], 's3:*')]),
    });
    new PodRole(this, 'job', {
      site,
      name: 'registry-snapshots',
      ...SNAPSHOT_ACCOUNT,
      statements: [
        { sid: 'AddSnapshots', actions: ['s3:PutObject'], resources: [`${store.arn}/*`] },
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
