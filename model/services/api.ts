import { absent, text } from '../fields';
import {
  callGrants,
  doorCharts,
  doorRefs,
  doorSignals,
  errorShare,
  hostOptions,
  httpFields,
  httpResponsibilities,
  slowness,
} from './http';
import { serviceKind } from './kind';
import { portOf, runningSignals } from './running';

/** What other services call, and the world too where it has a host. */
export const api = serviceKind({
  doc: 'An HTTP API: internal, unless it is given a public host.',
  tier: 'app',
  fields: { ...httpFields, host: text({ ...hostOptions, filled: absent('it is internal') }) },
  verbs: { call: { doc: 'Send requests.', grants: callGrants } },
  refs: ({ settings }) => (settings.host === undefined ? {} : doorRefs),
  door: ({ settings }) =>
    settings.host === undefined ? undefined : { host: settings.host, priority: settings.priority },
  port: portOf,
  consumes: 'may',
  rules: [
    {
      id: 'priority-needs-host',
      needs: ['priority', 'host'],
      at: 'priority',
      refuses: ({ priority, host }) =>
        priority === undefined || host !== undefined
          ? undefined
          : {
              seen: String(priority),
              allowed: 'has a meaning only beside a host',
              change: 'add host, or remove priority',
            },
    },
  ],
  signals: (service) => [
    ...runningSignals(service),
    errorShare(service),
    slowness(service),
    ...(service.settings.host === undefined ? [] : doorSignals(service)),
  ],
  charts: (service) => (service.settings.host === undefined ? [] : doorCharts(service)),
  responsibilities: httpResponsibilities,
});
