import { Values, always, byClass, count, span } from '../fields';
import { namespaceName } from '../naming';
import { Signal } from '../signals';
import { ServiceFacts } from './kind';

/** What kinds that run all the time have in common: a port for probes and metrics, and more than one of them. */
export const runningFields = {
  port: count({
    doc: 'The port that the process listens on, metrics and probes included.',
    // Below 1024 a process without root cannot listen.
    least: 1024,
    most: 65_535,
    change: 'rolling',
    // It is the image's own, and images are promoted as they are.
    everywhere: true,
    filled: always(8080, 'the usual port of a process that is not root'),
  }),
  replicas: span({
    doc: 'How many replicas run at least and at most; the autoscaler chooses between.',
    least: 1,
    most: 500,
    moreIsSafer: true,
    change: 'in place',
    filled: byClass(
      { development: { min: 1, max: 2 }, staging: { min: 2, max: 6 }, production: { min: 3, max: 12 } },
      'as many as there are zones, and kept apart where there is room: losing a zone leaves two',
    ),
  }),
} as const;

export const portOf = ({ settings }: { readonly settings: Values<typeof runningFields> }): number => settings.port;

/** What the product promises the platform for each of them. */
export const runningResponsibilities: readonly string[] = [
  '/startupz, /readyz and /healthz that do not ask its stores',
  'logs as JSON, /metrics',
];

/** What is watched of everything that runs all the time, as the cluster itself sees it. */
export const runningSignals = ({
  name,
  tier,
  site,
  settings,
}: ServiceFacts<typeof runningFields>): readonly Signal[] => {
  const namespace = `namespace="${namespaceName(site, tier)}"`;
  return [
    {
      id: 'restarting',
      meaning: `${name} was started anew more than three times in a quarter of an hour`,
      todo: 'read the last lines of the pod before it went: `kubectl logs --previous`',
      severity: 'page',
      measure: {
        source: 'prometheus',
        query: `sum(increase(kube_pod_container_status_restarts_total{${namespace},container="${name}"}[15m]))`,
      },
      bad: { when: 'above', threshold: 3, forMinutes: 5 },
      silence: 'fine',
    },
    {
      id: 'at-bound',
      meaning: `${name} runs as many replicas as it may have (${settings.replicas.max}), and would run more`,
      todo: 'raise replicas.max, or find out what has grown',
      severity: 'ticket',
      measure: {
        source: 'prometheus',
        query: `max(kube_deployment_spec_replicas{${namespace},deployment="${name}"})`,
      },
      bad: { when: 'above', threshold: settings.replicas.max - 0.5, forMinutes: 30 },
      silence: 'fine',
    },
  ];
};
