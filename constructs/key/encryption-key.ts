import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { Site, arn, statementId } from '../../model/naming';
import { Statement, ofAccount, policyDocument } from '../policy/policy';

export interface EncryptionKeyProps {
  readonly site: Site;
  readonly alias: string;
  readonly description: string;
  /** Whether Terraform may ever destroy it: what it encrypts is lost with it. */
  readonly kept: boolean;
  /** AWS services that encrypt with it in their own name, and the context they must show. */
  readonly services?: readonly {
    readonly principal: string;
    readonly conditions: NonNullable<Statement['conditions']>;
  }[];
}

/**
 * A key of our own, rotated yearly. Its policy names no consumer: it hands the decision to IAM, so that a new service
 * never changes the stack that holds the data.
 */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly arn: string;

  constructor(scope: Construct, id: string, { site, alias, description, kept, services = [] }: EncryptionKeyProps) {
    super(scope, id);
    this.key = new KmsKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: LONGEST_WINDOW_DAYS,
      policy: policyDocument(this, 'policy', [
        {
          sid: 'IamDecides',
          actions: ['kms:*'],
          resources: ['*'],
          principals: { type: 'AWS', identifiers: [`arn:aws:iam::${site.account}:root`] },
        },
        ...services.map(({ principal, conditions }): Statement => ({
          sid: statementId(`for ${principal}`),
          actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
          resources: ['*'],
          principals: { type: 'Service', identifiers: [principal] },
          conditions,
        })),
      ]),
      lifecycle: { preventDestroy: kept },
    });
    new KmsAlias(this, 'alias', { name: `alias/${alias}`, targetKeyId: this.key.keyId });
    this.arn = this.key.arn;
  }
}

const LONGEST_WINDOW_DAYS = 30;

/** CloudWatch Logs encrypts with a key only for log groups of this account. */
export const logsService = (site: Site): NonNullable<EncryptionKeyProps['services']>[number] => ({
  principal: `logs.${site.region}.amazonaws.com`,
  conditions: [
    {
      test: 'ArnLike',
      variable: 'kms:EncryptionContext:aws:logs:arn',
      values: [arn(site, 'logs', 'log-group:*')],
    },
  ],
});

/** An AWS service that publishes in the name of this account. */
export const accountService = (site: Site, principal: string): NonNullable<EncryptionKeyProps['services']>[number] => ({
  principal,
  conditions: [ofAccount(site)],
});
