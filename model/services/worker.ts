import { Values, always, byClass, count, durationOf, span } from '../fields';
import { Backlog, Edge } from '../grants';
import { Signal } from '../signals';
import { ServiceFacts, serviceKind } from './kind';
import { portOf, runningFields, runningResponsibilities, runningSignals } from './running';

const fields = {
  ...runningFields,
  replicas: span({
    doc: 'How many replicas run at least and at most; what waits in its queue chooses between.',
    least: 0,
    most: 500,
    moreIsSafer: true,
    change: 'in place',
    filled: byClass(
      { development: { min: 0, max: 2 }, staging: { min: 1, max: 4 }, production: { min: 2, max: 12 } },
      'two that are kept apart: losing a zone leaves one',
    ),
  }),
  acceptableDelay: durationOf({
    doc: 'How long a message may wait before somebody minds.',
    least: '1s',
    most: '1d',
    change: 'in place',
    filled: always('5m', 'nobody waits in front of a screen for what is put into a queue'),
  }),
  typicalJob: durationOf({
    doc: 'How long the work on one message usually takes.',
    least: '1ms',
    most: '10m',
    change: 'in place',
    filled: always('1s', 'a few calls over the network'),
  }),
  longestJob: durationOf({
    doc: 'How long the work on one message may take: so long it is left to finish after SIGTERM.',
    least: '1s',
    most: '10m',
    whole: 'seconds',
    change: 'rolling',
    filled: always('30s', 'what every service is given to finish'),
  }),
  jobsAtOnce: count({
    doc: 'How many messages one replica works on at a time.',
    least: 1,
    most: 1000,
    change: 'in place',
    filled: always(1, 'the simplest worker takes one after the other'),
  }),
} as const;

/** Time to put the last message back and to say goodbye, beyond the longest job. */
const FAREWELL_SECONDS = 10;

export const graceSeconds = ({ longestJob }: Pick<Values<typeof fields>, 'longestJob'>): number =>
  longestJob.seconds + FAREWELL_SECONDS;

/** How many messages may wait for each replica before another is needed. */
export const messagesPerReplica = ({
  acceptableDelay,
  typicalJob,
  jobsAtOnce,
}: Pick<Values<typeof fields>, 'acceptableDelay' | 'typicalJob' | 'jobsAtOnce'>): number =>
  Math.max(1, Math.floor((acceptableDelay.seconds * jobsAtOnce) / typicalJob.seconds));

export const backlogsOf = (edges: readonly Edge[]): readonly (readonly [Edge, Backlog])[] =>
  edges.flatMap((edge) => edge.grants.flatMap((grant) => (grant.grant === 'backlog' ? [[edge, grant] as const] : [])));

/** What works off a queue. Nobody waits for its answer, so that it is scaled by what waits for it. */
export const worker = serviceKind({
  doc: 'A process that works off a queue: as many replicas as keep messages from waiting too long.',
  tier: 'app',
  fields,
  verbs: {},
  refs: () => ({}),
  door: () => undefined,
  port: portOf,
  consumes: 'must',
  // A message must not be given to another worker while this one is still at it, or is finishing after SIGTERM.
  holds: {
    needs: ['longestJob'],
    seconds: (settings) => settings.longestJob.seconds + graceSeconds(settings),
  },
  rules: [
    {
      id: 'longest-job-above-typical',
      needs: ['longestJob', 'typicalJob'],
      at: 'longestJob',
      refuses: ({ longestJob, typicalJob }) =>
        longestJob.seconds >= typicalJob.seconds
          ? undefined
          : {
              seen: `'${longestJob.text}'`,
              allowed: `must not be shorter than typicalJob ('${typicalJob.text}')`,
              change: 'raise longestJob or lower typicalJob',
            },
    },
  ],
  signals: (service, edges) => [...runningSignals(service), ...waiting(service, edges)],
  responsibilities: {
    groundplan: ['as many replicas as the backlog needs', 'time to finish the job in hand before every stop'],
    product: [
      ...runningResponsibilities,
      'after SIGTERM, taking no new message and finishing the one in hand',
      'doing a job twice without harm',
    ],
  },
});

const waiting = ({ name, settings }: ServiceFacts<typeof fields>, edges: readonly Edge[]): readonly Signal[] =>
  backlogsOf(edges).map(([{ to }, { oldest }]) => ({
    id: `waiting-${to}`,
    meaning: `messages of ${to} wait for ${name} longer than '${settings.acceptableDelay.text}'`,
    todo: `look whether its replicas are at their most and its jobs slower than '${settings.typicalJob.text}'; raise replicas.max, or mend what it waits for`,
    severity: 'ticket',
    measure: oldest,
    bad: { when: 'above', threshold: settings.acceptableDelay.seconds, forMinutes: 10 },
    silence: 'fine',
  }));
