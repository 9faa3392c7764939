import { absent, count } from '../fields';
import { Grant } from '../grants';
import { namespaceName } from '../naming';
import { arnRef, textRef } from '../refs';
import { Chart, Signal } from '../signals';
import { ServiceFacts } from './kind';
import { runningFields, runningResponsibilities } from './running';

/** What kinds that answer HTTP have in common; each of them is composed of these, none inherits. */

export const HOST_PATTERN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

export const hostOptions = {
  doc: "Public host name; without a dot it is relative to the platform's domain.",
  pattern: HOST_PATTERN,
  allowed: 'must be a host name of lower-case letters, digits, dashes and dots',
  example: 'shop',
  change: 'in place',
} as const;

export const httpFields = {
  ...runningFields,
  priority: count({
    doc: "The place of its host among the load balancer's rules.",
    least: 1,
    most: 50_000,
    change: 'in place',
    filled: absent('a stable slot computed from the host'),
  }),
} as const;

type Http = typeof httpFields;

/** What the load balancer assigns when a service has a public host. */
export const doorRefs = {
  'target-group-arn': arnRef(
    'elasticloadbalancing',
    'targetgroup/standin/0123456789abcdef',
    'where the load balancer sends its requests',
  ),
  'target-group-suffix': textRef('targetgroup/standin/0123456789abcdef', 'the target group as metrics know it'),
};

export const callGrants = (service: ServiceFacts<Http>): readonly Grant[] => [
  { grant: 'connection', port: service.settings.port, to: { service: service.name, tier: service.tier } },
  {
    grant: 'coordinates',
    values: {
      URL: `http://${service.name}.${namespaceName(service.site, service.tier)}.svc.cluster.local:${service.settings.port}`,
    },
  },
];

const measuredAtDoor = (service: ServiceFacts<Http>) =>
  ({
    source: 'cloudwatch',
    namespace: 'AWS/ApplicationELB',
    dimensions: {
      LoadBalancer: service.gateway('load-balancer-suffix'),
      TargetGroup: service.ref('target-group-suffix'),
    },
  }) as const;

/** How many visitors there are. */
export const doorCharts = (service: ServiceFacts<Http>): readonly Chart[] => [
  {
    title: `requests to ${service.name}`,
    measure: { ...measuredAtDoor(service), metric: 'RequestCount', statistic: 'Sum' },
  },
];

/** What the load balancer counts of a service with a public host: errors, and how long visitors wait. */
export const doorSignals = (service: ServiceFacts<Http>): readonly Signal[] => {
  const atDoor = measuredAtDoor(service);
  return [
    {
      id: 'door-errors',
      meaning: `${service.name} answers visitors with server errors`,
      todo: 'compare with the time of the last deploy and roll back if they meet; else read its error logs',
      severity: 'page',
      measure: { ...atDoor, metric: 'HTTPCode_Target_5XX_Count', statistic: 'Sum' },
      bad: { when: 'above', threshold: 10, forMinutes: 5 },
      silence: 'fine',
    },
    {
      id: 'door-slow',
      meaning: `one visitor of ${service.name} in twenty waits longer than two seconds`,
      todo: 'look whether its replicas are at their most, then at what it waits for itself',
      severity: 'ticket',
      measure: { ...atDoor, metric: 'TargetResponseTime', statistic: 'p95' },
      bad: { when: 'above', threshold: 2, forMinutes: 15 },
      silence: 'fine',
    },
    {
      id: 'door-unhealthy',
      meaning: `no replica of ${service.name} is healthy: its visitors are turned away`,
      todo: 'look at /readyz of one of its pods; roll back if it began with a deploy',
      severity: 'page',
      measure: { ...atDoor, metric: 'HealthyHostCount', statistic: 'Minimum' },
      bad: { when: 'below', threshold: 1, forMinutes: 5 },
      silence: 'bad',
    },
  ];
};

/** Errors as the service itself counts them on `/metrics`, wherever its callers are. */
export const errorShare = (service: ServiceFacts<Http>): Signal => {
  const of = `namespace="${namespaceName(service.site, service.tier)}",service="${service.name}"`;
  return {
    id: 'error-share',
    meaning: `${service.name} fails more than one request in twenty`,
    todo: 'compare with the time of the last deploy and roll back if they meet; else look at what it depends on',
    severity: 'page',
    measure: {
      source: 'prometheus',
      query: `sum(rate(http_requests_total{${of},code=~"5.."}[5m])) / sum(rate(http_requests_total{${of}}[5m]))`,
    },
    bad: { when: 'above', threshold: 0.05, forMinutes: 5 },
    silence: 'fine',
  };
};

/** How long its callers wait, as the service itself measures it. */
export const slowness = (service: ServiceFacts<Http>): Signal => {
  const of = `namespace="${namespaceName(service.site, service.tier)}",service="${service.name}"`;
  return {
    id: 'slow',
    meaning: `one request to ${service.name} in twenty takes longer than a second`,
    todo: 'look whether its replicas are at their most, then at what it waits for itself',
    severity: 'ticket',
    measure: {
      source: 'prometheus',
      query: `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${of}}[5m])))`,
    },
    bad: { when: 'above', threshold: 1, forMinutes: 15 },
    silence: 'fine',
  };
};

export const httpResponsibilities = {
  groundplan: [
    'its certificate, its record and its place behind the firewall',
    'drain before every stop, replicas apart from each other',
  ],
  product: [
    ...runningResponsibilities,
    'finishing within 30 s after SIGTERM',
    'a `sleep` binary in the image, which the pause before SIGTERM runs',
  ],
};
