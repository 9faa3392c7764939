import { recordAt } from '../fields';
import { Edge, edgeOrigin } from '../grants';
import { dataKindRow, serviceKindRow } from '../kinds';
import { ProductSite } from '../naming';
import { Report } from '../problems';
import { didYouMean, listed, shown } from '../words';
import { DatumDraft, datumFacts } from './data';
import { ServiceDraft, serviceFacts } from './services';

/** A relation as written: every word of it known, nothing computed yet. */
export interface EdgeDraft {
  readonly from: string;
  readonly verb: string;
  readonly to: string;
}

type Targets = ReadonlyMap<string, { readonly verbs: readonly string[] | undefined; readonly released: boolean }>;

/** `uses` and `consumes` of one service, checked against what its product declares. */
export const readEdges = (service: ServiceDraft, services: readonly ServiceDraft[], data: readonly DatumDraft[], report: Report): readonly EdgeDraft[] => {
  const targets: Targets = new Map([
    ...services.filter(({ name }) => name !== service.name).map(({ name, kind }) => [name, { verbs: kind && Object.keys(serviceKindRow(kind).verbs), released: false }] as const),
    ...data.map(({ name, kind, released }) => [name, { verbs: kind && Object.keys(dataKindRow(kind).verbs), released }] as const),
  ]);
  const written = service.uses === undefined ? {} : (recordAt(service.uses, report.at('uses')) ?? {});
  const used = Object.entries(written).flatMap(([to, verb]) => readEdge(service.name, to, verb, targets, report.at('uses', to)));
  if (service.consumes === undefined) return used;

  const place = report.at('consumes');
  if (typeof service.consumes !== 'string') {
    place.add({ seen: shown(service.consumes), allowed: 'must be the name of a queue', change: 'write its name' });
    return used;
  }
  if (used.some(({ to, verb }) => to === service.consumes && verb === CONSUME)) {
    place.add({ seen: `'${service.consumes}'`, allowed: 'is in uses already', change: 'write it once' });
    return used;
  }
  return [...used, ...readEdge(service.name, service.consumes, CONSUME, targets, place)];
};

const CONSUME = 'consume';

const readEdge = (from: string, to: string, verb: unknown, targets: Targets, report: Report): readonly EdgeDraft[] => {
  const known = [...targets.keys()].sort();
  const target = targets.get(to);
  if (to === from || !target) {
    report.add({
      seen: `'${to}'`,
      allowed: to === from ? 'is the service itself' : `must be a declared service or datum (${listed(known)})`,
      change: to === from ? 'remove it' : didYouMean(to, known, 'declare it, or remove the edge'),
    });
    return [];
  }
  if (target.released) {
    report.add({ seen: `'${to}'`, allowed: 'is released, and nothing may use it', change: 'remove the edge first' });
    return [];
  }
  if (target.verbs === undefined) return [];
  if (typeof verb === 'string' && target.verbs.includes(verb)) return [{ from, verb, to }];
  report.add(
    target.verbs.length === 0
      ? { seen: shown(verb), allowed: `'${to}' offers nothing to other services`, change: 'remove the edge' }
      : { seen: shown(verb), allowed: `'${to}' offers ${listed(target.verbs)}`, change: didYouMean(String(verb), target.verbs, `write one of ${listed(target.verbs)}`) },
  );
  return [];
};

/** What each relation opens: the kind of its target says so. */
export const finishEdges = (
  drafts: readonly EdgeDraft[],
  consumer: { readonly service: string; readonly tier: string },
  site: ProductSite,
  services: readonly (ServiceDraft & { readonly tier: string })[],
  data: readonly DatumDraft[],
): readonly Edge[] =>
  drafts
    .map(({ from, verb, to }): Edge => {
      const datum = data.find(({ name }) => name === to);
      const service = services.find(({ name }) => name === to);
      const grants = datum?.kind
        ? dataKindRow(datum.kind).verbs[verb]?.grants(datumFacts(datum, site), consumer)
        : service?.kind && serviceKindRow(service.kind).verbs[verb]?.grants(serviceFacts(service, site), consumer);
      if (!grants) throw new Error(`the edge ${edgeOrigin(from, verb, to)} was not refused`);
      return { origin: edgeOrigin(from, verb, to), from, verb, to, grants };
    })
    .sort((a, b) => a.origin.localeCompare(b.origin, 'en'));
