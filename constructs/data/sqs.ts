import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Construct } from 'constructs';
import { DEAD_LETTERS } from '../../model/data/sqs';
import { arn } from '../../model/naming';
import { denyClearText, policyDocument } from '../policy/policy';
import { DatumBuilder } from './builder';
import { pin } from './pin';

/**
 * A work queue and its dead letters; never one without the other, or a poisoned message would circulate for ever. Its
 * policy names no consumer: what a role may do to a queue is said on the role.
 */
export const sqs: DatumBuilder<'sqs'> = (scope, { identity, physicalName, settings }, { site, keyArn }) => {
  const deadName = `${physicalName}${DEAD_LETTERS}`;
  const common = { kmsMasterKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 300, lifecycle: { preventDestroy: true } };
  const deadLetters = pin(
    new SqsQueue(scope, 'dead-letters', {
      name: deadName,
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      ...common,
    }),
    `${identity}${DEAD_LETTERS}`,
  );
  const queue = pin(
    new SqsQueue(scope, 'Resource', {
      name: physicalName,
      visibilityTimeoutSeconds: settings.visibility.seconds,
      messageRetentionSeconds: settings.retention.seconds,
      receiveWaitTimeSeconds: LONGEST_WAIT_SECONDS,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: arn(site, 'sqs', deadName),
        maxReceiveCount: settings.attempts,
      }),
      ...common,
      dependsOn: [deadLetters],
    }),
    identity,
  );
  new SqsQueueRedriveAllowPolicy(scope, 'redrive', {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: JSON.stringify({
      redrivePermission: 'byQueue',
      sourceQueueArns: [arn(site, 'sqs', physicalName)],
    }),
  });
  for (const [name, target] of [
    ['policy', queue],
    ['dead-letters-policy', deadLetters],
  ] as const) {
    const own = new Construct(scope, name);
    new SqsQueuePolicy(own, 'Resource', {
      queueUrl: target.url,
      policy: policyDocument(own, 'document', [denyClearText([target.arn], 'sqs:*')]),
    });
  }
  return {};
};

/** Dead letters wait for people: 14 days is the longest that SQS keeps a message. */
const LONGEST_RETENTION_SECONDS = 14 * 24 * 60 * 60;
/** Long polling: fewer empty answers, sooner full ones. */
const LONGEST_WAIT_SECONDS = 20;
