import { Construct } from 'constructs';
import { LIMITS, ProductSite, fitted, productName } from '../../model/naming';
import { ClosedBucket } from '../bucket/closed-bucket';
import { ofAccount } from '../policy/policy';

/** What the load balancer writes about its visitors. Encrypted by S3's own key: it can use no other for these logs. */
export class AccessLogs extends ClosedBucket {
  constructor(
    scope: Construct,
    id: string,
    { site, keptDays, retired }: { readonly site: ProductSite; readonly keptDays: number; readonly retired: boolean },
  ) {
    super(scope, id, {
      // Bucket names are unique over all accounts of the world, so the account is in it.
      name: fitted(productName(site, 'access-logs', site.account), LIMITS.bucket),
      keptDays,
      formerDays: FORMER_DAYS,
      abandonedDays: FORMER_DAYS,
      kept: !retired,
      writers: ({ arn }) => [
        {
          sid: 'LoadBalancerWrites',
          actions: ['s3:PutObject'],
          resources: [`${arn}/AWSLogs/${site.account}/*`],
          principals: { type: 'Service', identifiers: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
          conditions: [ofAccount(site)],
        },
      ],
    });
  }
}

const FORMER_DAYS = 7;
