import { recordAt } from '../read-fields';
import { Edge, edgeOrigin } from '../grants';
import { dataKindRow, serviceKindRow } from '../kinds';
import { ProductSite } from '../naming';
import { isToken } from '../plain';
import { Report, refusal } from '../problems';
import { didYouMean, listed, shown } from '../words';
import { DatumDraft, datumFacts } from './data';
import { ServiceDraft, serviceFacts } from './services';

/** A relation as written: every word of it known, nothing computed yet. */
export interface EdgeDraft {
  readonly from: string;
  readonly verb: string;
  readonly to: string;
}

/** `verbs` are missing where it is a problem already what the target is. */
type Targets = ReadonlyMap<string, { readonly verbs: readonly string[] | undefined; readonly released: boolean }>;

/** What edges may lead to, by name. A name that is both a service and a datum is told as that, and never judged. */
const targetsOf = (services: readonly ServiceDraft[], data: readonly DatumDraft[]): Targets => {
  const named = [
    ...services.map(
      ({ name, kind }) => [name, { verbs: kind && Object.keys(serviceKindRow(kind).verbs), released: false }] as const,
    ),
    ...data.map(
      ({ name, kind, released }) => [name, { verbs: kind && Object.keys(dataKindRow(kind).verbs), released }] as const,
    ),
  ];
  const names = named.map(([name]) => name);
  return new Map(
    named.map(([name, target]) => [
      name,
      names.indexOf(name) === names.lastIndexOf(name) ? target : { verbs: undefined, released: false },
    ]),
  );
};

/**
 * `uses` and `consumes` of one service, checked against what its product declares. Where not all of that could be read,
 * an unknown name may well be declared.
 */
export const readEdges = (
  service: ServiceDraft,
  services: readonly ServiceDraft[],
  data: readonly DatumDraft[],
  allKnown: boolean,
  report: Report,
): readonly EdgeDraft[] => {
  const targets = targetsOf(services, data);
  const written = service.uses === undefined ? {} : (recordAt(service.uses, report.at('uses'), '{ name: verb }') ?? {});
  const used = Object.entries(written).flatMap(([to, verb]) => {
    const place = report.at('uses', to);
    return isTarget(service.name, to, targets, [...targets.keys()], 'a declared service or datum', allKnown, place)
      ? readVerb(service.name, to, verb, targets, place)
      : [];
  });
  if (service.consumes !== undefined)
    return [...used, ...readConsumed(service, targets, used, allKnown, report.at('consumes'))];
  const idle = service.kind && serviceKindRow(service.kind).consumes === 'must';
  if (idle && !service.fields.meant.has('consumes') && used.every(({ verb }) => verb !== CONSUME))
    report.at('consumes').add(refusal(undefined, mustBeQueue(queuesOf(targets)), 'add it'));
  return used;
};

const CONSUME = 'consume';

const readConsumed = (
  { name: from, consumes: to }: ServiceDraft,
  targets: Targets,
  used: readonly EdgeDraft[],
  allKnown: boolean,
  report: Report,
): readonly EdgeDraft[] => {
  const queues = queuesOf(targets);
  if (typeof to !== 'string' || isToken(to)) report.add(refusal(to, mustBeQueue(queues), 'write its name'));
  else if (used.some((edge) => edge.to === to && edge.verb === CONSUME))
    report.add({ seen: shown(to), allowed: 'is consumed in uses already', change: 'write it once' });
  else if (isTarget(from, to, targets, queues, 'a declared queue', allKnown, report)) {
    const verbs = targets.get(to)?.verbs;
    if (verbs?.includes(CONSUME)) return [{ from, verb: CONSUME, to }];
    if (verbs)
      report.add({
        seen: shown(to),
        allowed: `must be a declared queue (${listed(queues)})`,
        change: 'name a queue, or write the edge in uses',
      });
  }
  return [];
};

const queuesOf = (targets: Targets): readonly string[] =>
  [...targets].flatMap(([name, { verbs }]) => (verbs?.includes(CONSUME) ? [name] : []));
const mustBeQueue = (queues: readonly string[]): string => `must be the name of a queue (${listed(queues)})`;

const isTarget = (
  from: string,
  to: string,
  targets: Targets,
  known: readonly string[],
  what: string,
  allKnown: boolean,
  report: Report,
): boolean => {
  const target = targets.get(to);
  const others = known.filter((name) => name !== from).sort();
  if (to === from) report.add({ seen: shown(to), allowed: 'is the service itself', change: 'remove it' });
  else if (target?.released)
    report.add({ seen: shown(to), allowed: 'is released, and nothing may use it', change: 'remove the edge first' });
  else if (!target && allKnown)
    report.add({
      seen: shown(to),
      allowed: `must be ${what} (${listed(others)})`,
      change: didYouMean(to, others, 'declare it, or remove the edge'),
    });
  return to !== from && target !== undefined && !target.released;
};

const readVerb = (from: string, to: string, verb: unknown, targets: Targets, report: Report): readonly EdgeDraft[] => {
  const verbs = targets.get(to)?.verbs;
  if (verbs === undefined) return [];
  if (typeof verb === 'string' && verbs.includes(verb)) return [{ from, verb, to }];
  report.add(
    verbs.length === 0
      ? refusal(verb, `is not possible, because '${to}' offers nothing to other services`, 'remove the edge')
      : refusal(
          verb,
          `must be one of ${listed(verbs.map(shown))}, which is all that '${to}' offers`,
          didYouMean(verb, verbs, 'write one of these'),
        ),
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
