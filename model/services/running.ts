import { Values, always, byClass, count, span } from '../fields';

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
  'finishing within 30 s after SIGTERM, logs as JSON, /metrics',
];
