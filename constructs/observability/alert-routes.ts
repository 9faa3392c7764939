import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { Site, alertTopicName, digest, platformName, statementId } from '../../model/naming';
import { SEVERITIES, Severity } from '../../model/signals';
import { EncryptionKey, accountService } from '../key/encryption-key';
import { Statement, denyClearText, ofAccount, policyDocument } from '../policy/policy';

export interface AlertRoutesProps {
  readonly site: Site;
  /** Addresses of mail; each must say yes once before anything is sent to it. */
  readonly told: Readonly<Record<Severity, readonly string[]>>;
}

/** A topic for each severity: who is subscribed to it is who is told. Alarms name topics by computed names. */
export class AlertRoutes extends Construct {
  constructor(scope: Construct, id: string, { site, told }: AlertRoutesProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site,
      alias: platformName(site, 'alerts'),
      description: `Alerts of ${site.platform}`,
      kept: true,
      services: PUBLISHERS.map(({ principal }) => accountService(site, principal)),
    });
    for (const severity of SEVERITIES) {
      const topic = new SnsTopic(this, severity, {
        name: alertTopicName(site, severity),
        kmsMasterKeyId: key.key.keyId,
      });
      for (const address of told[severity])
        new SnsTopicSubscription(this, `${severity}-${digest(address).toString(16).padStart(8, '0')}`, {
          topicArn: topic.arn,
          protocol: 'email',
          endpoint: address,
        });
      const own = new Construct(this, `${severity}-policy`);
      new SnsTopicPolicy(own, 'Resource', {
        arn: topic.arn,
        policy: policyDocument(own, 'document', [
          ...PUBLISHERS.map(({ principal, actions }): Statement => ({
            sid: statementId(`for ${principal}`),
            actions,
            resources: [topic.arn],
            principals: { type: 'Service', identifiers: [principal] },
            conditions: [ofAccount(site)],
          })),
          denyClearText([topic.arn], 'sns:Publish'),
        ]),
      });
    }
  }
}

/** CloudWatch alarms, and alerts of the metrics workspace, which looks at a topic before it writes to it. */
const PUBLISHERS = [
  { principal: 'cloudwatch.amazonaws.com', actions: ['sns:Publish'] },
  { principal: 'aps.amazonaws.com', actions: ['sns:Publish', 'sns:GetTopicAttributes'] },
] as const;
