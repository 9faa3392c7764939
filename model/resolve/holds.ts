import { dataKindRow, serviceKindRow } from '../kinds';
import { Report } from '../problems';
import { placeOf } from '../read-fields';
import { Duration } from '../units';
import { shown } from '../words';
import { DatumDraft } from './data';
import { EdgeDraft } from './edges';
import { ServiceDraft } from './services';

/**
 * What a consumer took must stay hidden from others until it is done with it. The queue's own field says how long, or
 * every new consumer would change the queue; here it is only compared.
 */
export const checkHolds = (
  services: readonly ServiceDraft[],
  data: readonly DatumDraft[],
  edges: ReadonlyMap<string, readonly EdgeDraft[]>,
  report: Report,
): void => {
  for (const service of services) {
    const seconds = heldBy(service);
    if (seconds === undefined) continue;
    for (const { to, verb } of edges.get(service.name) ?? []) {
      const datum = data.find(({ name }) => name === to);
      const field = datum?.kind && dataKindRow(datum.kind).verbs[verb]?.hiddenFor;
      const hidden = field !== undefined ? (datum?.fields.values[field] as Duration | undefined) : undefined;
      if (!datum || field === undefined || hidden === undefined || hidden.seconds >= seconds) continue;
      const places = { report: report.at('data', to), overrideReport: report.at('overrides', 'data', to) };
      placeOf(places, datum.fields, field)
        .at(field)
        .add({
          seen: shown(hidden.text),
          allowed: `must be at least '${seconds}s', for so long ${service.name} may work on what it took`,
          change: `raise it, or shorten the longest job of ${service.name}`,
        });
    }
  }
};

/** Silent while a field that it is computed from is itself a problem. */
const heldBy = ({ kind, fields }: ServiceDraft): number | undefined => {
  const holds = kind && serviceKindRow(kind).holds;
  const known = holds?.needs.every((name) => name in fields.values);
  return holds && known ? holds.seconds(fields.values as Parameters<typeof holds.seconds>[0]) : undefined;
};
