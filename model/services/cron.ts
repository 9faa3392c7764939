import { always, count, durationOf, required, text } from '../fields';
import { namespaceName } from '../naming';
import { serviceKind } from './kind';
import { happens, parseSchedule } from './schedule';

const fields = {
  schedule: text({
    doc: 'When it is started: minute, hour, day, month and weekday, as cron writes them.',
    pattern: { test: (written) => parseSchedule(written) !== undefined },
    allowed: 'must be a cron schedule of five fields: numbers, ranges, lists and steps',
    example: '0 2 * * *',
    change: 'in place',
    filled: required,
  }),
  timeZone: text({
    doc: "The time zone of its schedule, by its name in the IANA's database.",
    pattern: /^(Etc|Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)(\/[A-Z][\w+-]*){1,2}$/,
    allowed: "must be a time zone by its name, such as 'Europe/Paris'",
    example: 'Etc/UTC',
    change: 'in place',
    filled: always('Etc/UTC', 'it has no hour that happens twice, and none that does not happen'),
  }),
  timeLimit: durationOf({
    doc: 'How long it may run before it is stopped and counts as failed.',
    least: '1m',
    most: '1d',
    whole: 'seconds',
    change: 'in place',
    filled: always('1h', 'a job that hangs is noticed on the day it hangs'),
  }),
  retries: count({
    doc: 'How often it is tried again after it failed.',
    least: 0,
    most: 10,
    change: 'in place',
    filled: always(2, 'what fails because a node was lost succeeds on the next one'),
  }),
} as const;

/** What runs at set times, to its end. */
export const cron = serviceKind({
  doc: 'A job that is started at set times and runs to its end, never beside itself.',
  tier: 'app',
  fields,
  verbs: {},
  refs: () => ({}),
  door: () => undefined,
  port: () => undefined,
  consumes: 'may',
  rules: [
    {
      id: 'schedule-happens',
      needs: ['schedule'],
      at: 'schedule',
      refuses: ({ schedule }) => {
        const parsed = parseSchedule(schedule);
        return parsed && happens(parsed)
          ? undefined
          : { seen: `'${schedule}'`, allowed: 'must name a day that there is', change: 'choose another day or month' };
      },
    },
  ],
  signals: ({ name, tier, site }) => {
    const namespace = `namespace="${namespaceName(site, tier)}"`;
    return [
      {
        id: 'failed',
        meaning: `a run of ${name} failed, after all that it was tried again`,
        todo: 'read the logs of its last pod; run it by hand once the cause is mended',
        severity: 'ticket',
        measure: {
          source: 'prometheus',
          query: `max(kube_job_failed{${namespace},job_name=~"${name}-[0-9]+",condition="true"})`,
        },
        bad: { when: 'above', threshold: 0, forMinutes: 1 },
        silence: 'fine',
      },
      {
        id: 'overdue',
        meaning: `${name} was not started when it should have been`,
        todo: 'look whether its last run is still going, and whether its pods find a node',
        severity: 'ticket',
        measure: {
          source: 'prometheus',
          query: `time() - max(kube_cronjob_next_schedule_time{${namespace},cronjob="${name}"})`,
        },
        bad: { when: 'above', threshold: 900, forMinutes: 5 },
        silence: 'fine',
      },
    ];
  },
  responsibilities: {
    groundplan: ['starting it on time, once, and stopping it at its limit'],
    product: ['ending with 0 when it has done its work', 'starting over without harm', 'logs as JSON'],
  },
});
