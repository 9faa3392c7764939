import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { Site, alertTopicName, platformName, statementId } from '../../model/naming';
import { SEVERITIES } from '../../model/signals';
import { EncryptionKey, accountService } from '../key/encryption-key';
import { Statement, denyClearText, ofAccount, policyDocument } from '../policy/policy';

/** A topic for each severity: who is subscribed to it is who is told. Alarms name topics by computed names. */
export class AlertRoutes extends Construct {
  constructor(scope: Construct, id: string, { site }: { readonly site: Site }) {
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
