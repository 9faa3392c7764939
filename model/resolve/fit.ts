import { placeOf } from '../read-fields';
import { Report } from '../problems';
import { DAEMONS, roomOn } from '../sizing';
import { Size } from '../units';
import { shown } from '../words';
import { ServiceDraft } from './services';
import { TierDraft } from './tiers';

/** A replica that no node of its tier can take would wait for ever: the autoscaler adds only nodes of the same type. */
export const checkFit = (services: readonly ServiceDraft[], tiers: readonly TierDraft[], report: Report): void => {
  for (const { name, tier, fields } of services) {
    const type = tiers.find((candidate) => candidate.name === tier)?.type;
    if (!type) continue;
    const room = roomOn(type);
    const places = { report: report.at('services', name), overrideReport: report.at('overrides', 'services', name) };
    const left = (of: string, unit: string, offered: number, taken: number): string =>
      `must fit on a node of tier ${tier}: of ${offered}${unit} that pods get on a ${type.type}, ${taken}${unit} go to the platform's own, which leaves ${of}`;
    const change = "lower it, or give the tier's pool larger nodes";
    const { millicores, memory } = fields.values as { readonly millicores?: number; readonly memory?: Size };
    if (millicores !== undefined && millicores > room.millicores) {
      placeOf(places, fields, 'millicores')
        .at('millicores')
        .add({
          seen: String(millicores),
          allowed: left(`${room.millicores}`, '', type.allocatableMillicores, DAEMONS.millicores),
          change,
        });
    }
    if (memory !== undefined && memory.mib > room.mib) {
      placeOf(places, fields, 'memory')
        .at('memory')
        .add({
          seen: memory.text.endsWith('MiB') ? shown(memory.text) : `${shown(memory.text)}, which is ${memory.mib} MiB`,
          allowed: left(`${room.mib} MiB`, ' MiB', type.allocatableMib, DAEMONS.mib),
          change,
        });
    }
  }
};
