import { always, count, durationOf } from '../fields';
import { Actions } from '../grants';
import { LIMITS, arn, queueUrl } from '../naming';
import { DatumFacts, dataKind } from './kind';

const fields = {
  visibility: durationOf({
    doc: 'How long a received message is hidden while it is worked on.',
    least: '1s',
    most: '12h',
    whole: 'seconds',
    change: 'in place',
    filled: always('2m', 'twice the longest time that a worker gets to finish after SIGTERM, with room'),
  }),
  retention: durationOf({
    doc: 'How long a message waits before it is lost.',
    least: '1m',
    most: '14d',
    whole: 'seconds',
    moreIsSafer: true,
    change: 'in place',
    filled: always('4d', 'a long weekend without the worker loses nothing'),
  }),
  attempts: count({
    doc: 'How often a message is received before it goes to the dead letters.',
    least: 1,
    most: 1000,
    change: 'in place',
    filled: always(5, 'enough for a rolling deploy, few enough to find poison soon'),
  }),
} as const;

const allow = (
  queue: DatumFacts<typeof fields>,
  sqsActions: readonly string[],
  kmsActions: readonly string[],
): readonly [Actions, Actions] => [
  { grant: 'actions', api: 'sqs', actions: sqsActions, on: [arn(queue.site, 'sqs', queue.physicalName)] },
  { grant: 'actions', api: 'kms', actions: kmsActions, on: [queue.key], via: 'sqs' },
];

const coordinates = (queue: DatumFacts<typeof fields>) =>
  ({ grant: 'coordinates', values: { URL: queueUrl(queue.site, queue.physicalName) } }) as const;

export const DEAD_LETTERS = '-dead-letters';

/** A work queue and its dead letters: Amazon SQS. */
export const sqs = dataKind({
  doc: 'A work queue with dead letters, managed by Amazon SQS.',
  fields,
  verbs: {
    publish: {
      doc: 'Send messages.',
      grants: (queue) => [
        ...allow(queue, ['sqs:SendMessage', 'sqs:GetQueueAttributes'], ['kms:GenerateDataKey', 'kms:Decrypt']),
        coordinates(queue),
      ],
    },
    consume: {
      doc: 'Receive and delete messages.',
      grants: (queue) => [
        ...allow(
          queue,
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          ['kms:Decrypt'],
        ),
        coordinates(queue),
        {
          grant: 'backlog',
          oldest: {
            source: 'cloudwatch',
            namespace: 'AWS/SQS',
            metric: 'ApproximateAgeOfOldestMessage',
            statistic: 'Maximum',
            dimensions: { QueueName: queue.physicalName },
          },
          trigger: {
            type: 'aws-sqs-queue',
            metadata: { queueURL: queueUrl(queue.site, queue.physicalName), awsRegion: queue.site.region },
            perReplica: 'queueLength',
          },
        },
      ],
      hiddenFor: 'visibility',
    },
  },
  // Its URL and ARN are computed: nothing has to travel.
  refs: {},
  physicalName: { limit: LIMITS.queue, suffix: DEAD_LETTERS },
  rules: [
    {
      id: 'retention-above-visibility',
      needs: ['retention', 'visibility'],
      at: 'retention',
      refuses: ({ retention, visibility }) =>
        retention.seconds > visibility.seconds
          ? undefined
          : {
              seen: `'${retention.text}'`,
              allowed: `must exceed visibility ('${visibility.text}')`,
              change: 'raise retention or lower visibility',
            },
    },
  ],
  signals: (queue) => [
    {
      id: 'dead-letters',
      meaning: `messages of ${queue.name} failed ${queue.settings.attempts} times and were put aside`,
      todo: 'read one, mend its cause, then redrive the rest',
      severity: 'ticket',
      measure: {
        source: 'cloudwatch',
        namespace: 'AWS/SQS',
        metric: 'ApproximateNumberOfMessagesVisible',
        statistic: 'Maximum',
        dimensions: { QueueName: `${queue.physicalName}${DEAD_LETTERS}` },
      },
      bad: { when: 'above', threshold: 0, forMinutes: 5 },
      silence: 'fine',
    },
  ],
  responsibilities: {
    groundplan: ['encryption, dead letters and their alarm'],
    product: ['handling a message twice without harm', 'redriving dead letters once their cause is mended'],
  },
  stateful: { aws_sqs_queue: ['name', 'name_prefix', 'fifo_queue'] },
});
