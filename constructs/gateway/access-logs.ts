import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { LIMITS, ProductSite, fitted, productName } from '../../model/naming';
import { denyClearText, ofAccount, policyDocument } from '../policy/policy';

/** What the load balancer writes about its visitors. Encrypted by S3's own key: it can use no other for these logs. */
export class AccessLogs extends Construct {
  readonly bucket: S3Bucket;
  readonly policy: S3BucketPolicy;

  constructor(
    scope: Construct,
    id: string,
    { site, keptDays, retired }: { readonly site: ProductSite; readonly keptDays: number; readonly retired: boolean },
  ) {
    super(scope, id);
    // Bucket names are unique over all accounts of the world, so the account is in it.
    this.bucket = new S3Bucket(this, 'Resource', {
      bucket: fitted(productName(site, 'access-logs', site.account), LIMITS.bucket),
      forceDestroy: retired,
      lifecycle: { preventDestroy: !retired },
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
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
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
          noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: NONCURRENT_DAYS }],
        },
      ],
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument(this, 'policy-document', [
        {
          sid: 'LoadBalancerWrites',
          actions: ['s3:PutObject'],
          resources: [`${this.bucket.arn}/AWSLogs/${site.account}/*`],
          principals: { type: 'Service', identifiers: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
          conditions: [ofAccount(site)],
        },
        denyClearText([this.bucket.arn, `${this.bucket.arn}/*`], 's3:*'),
      ]),
    });
  }
}

const NONCURRENT_DAYS = 7;
