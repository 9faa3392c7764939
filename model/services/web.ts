import { required, text } from '../fields';
import {
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

/** What browsers and phones reach. */
export const web = serviceKind({
  doc: 'A public HTTP server: pages, and whatever else browsers and phones ask for.',
  tier: 'web',
  fields: { ...httpFields, host: text({ ...hostOptions, filled: required }) },
  verbs: {},
  refs: () => doorRefs,
  door: ({ settings }) => ({ host: settings.host, priority: settings.priority }),
  port: portOf,
  consumes: 'may',
  rules: [],
  signals: (service) => [...runningSignals(service), errorShare(service), slowness(service), ...doorSignals(service)],
  charts: doorCharts,
  responsibilities: httpResponsibilities,
});
