import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { Statement, denyClearText, policyDocument } from '../policy/policy';

export interface ClosedBucketProps {
  readonly name: string;
  /** Under this key of ours; S3's own where its writer can use no other. */
  readonly keyArn?: string;
  readonly keptDays: number;
  /** Days that what was written over, or taken away, can still be had. */
  readonly formerDays: number;
  readonly abandonedDays: number;
  /** Whether neither Terraform nor AWS lets go of it and of what lies in it. */
  readonly kept: boolean;
  /** Who may write into it in their own name, besides whom IAM allows. */
  readonly writers?: (bucket: S3Bucket) => readonly Statement[];
}

/** A bucket that nobody reads by accident: no public way in, no clear text, every version kept for a while. */
export class ClosedBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: ClosedBucketProps) {
    super(scope, id);
    const { name, keyArn, keptDays, formerDays, abandonedDays, kept, writers = () => [] } = props;
    this.bucket = new S3Bucket(this, 'Resource', {
      bucket: name,
      forceDestroy: !kept,
      lifecycle: { preventDestroy: kept },
    });
    const bucket = this.bucket.id;
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
        keyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
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
          expiration: [{ days: keptDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: formerDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: abandonedDays }],
        },
      ],
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument(this, 'policy-document', [
        ...writers(this.bucket),
        denyClearText([this.bucket.arn, `${this.bucket.arn}/*`], 's3:*'),
      ]),
    });
  }
}
