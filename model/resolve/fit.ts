import { Span } from '../fields';
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

/**
 * The least that a tier's services run must find room on the most nodes that it may have. Only whole sums are
 * compared: how pods lie beside each other is the scheduler's business.
 */
export const checkRoom = (services: readonly ServiceDraft[], tiers: readonly TierDraft[], report: Report): void => {
  for (const { name, type, pool } of tiers) {
    const max = pool.values.max;
    if (!type || max === undefined) continue;
    const room = roomOn(type);
    const least = services
      .filter(({ tier }) => tier === name)
      .map(({ fields }) => fields.values as Asked)
      // One that fits on no node at all was told already.
      .filter(({ millicores = 0, memory }) => millicores <= room.millicores && (memory?.mib ?? 0) <= room.mib)
      .map(leastOf);
    const asked = { millicores: sum(least, 'millicores'), mib: sum(least, 'mib') };
    const short = (['millicores', 'mib'] as const).find((what) => asked[what] > room[what] * max);
    if (!short) continue;
    const unit = short === 'mib' ? ' MiB' : ' millicores';
    const places = {
      report: report.at('tiers', name, 'pool'),
      overrideReport: report.at('overrides', 'tiers', name, 'pool'),
    };
    placeOf(places, pool, 'max')
      .at('max')
      .add({
        seen: String(max),
        allowed: `must hold the least that its services run: ${asked[short]}${unit}, of which each ${type.type} takes ${room[short]}`,
        change: 'raise max, take larger nodes, or run fewer replicas',
      });
  }
};

interface Asked {
  readonly millicores?: number;
  readonly memory?: Size;
  readonly replicas?: Span;
}
const leastOf = ({ millicores = 0, memory, replicas }: Asked) => {
  // What runs at times only needs room for one when it does.
  const replicated = replicas?.min ?? 1;
  return { millicores: millicores * replicated, mib: (memory?.mib ?? 0) * replicated };
};
const sum = <K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number =>
  all.reduce((total, one) => total + one[key], 0);
