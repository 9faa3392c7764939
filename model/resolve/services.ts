import { FieldTable, ReadFields, readFields, recordAt } from '../fields';
import { keepToGoldenPath } from '../golden-path';
import { Edge } from '../grants';
import { AnyServiceFacts, ServiceKind, isServiceKind, serviceKindNames, serviceKindRow } from '../kinds';
import { ProductSite } from '../naming';
import { serviceRef } from '../contracts';
import { Report } from '../problems';
import { Door, ResolvedService } from '../resolved';
import { applyRules } from '../rules/rule';
import { serviceFields } from '../services/kind';
import { didYouMean, listed, shown } from '../words';
import { Places, PlatformContext } from './context';
import { refuseFixed } from './data';
import { checkKey } from './tiers';

export interface ServiceDraft {
  readonly name: string;
  readonly kind: ServiceKind | undefined;
  /** Missing where the tier is a problem. */
  readonly tier: string | undefined;
  readonly fields: ReadFields<FieldTable>;
  readonly uses: unknown;
  readonly consumes: unknown;
}

const SERVICE_KEYS = ['kind', 'tier', 'uses', 'consumes', 'exceptions'] as const;
const LONGEST_SERVICE = 40;

export const readService = (name: string, raw: unknown, override: unknown, platform: PlatformContext, { report, overrideReport }: Places): ServiceDraft => {
  checkKey(name, LONGEST_SERVICE, report);
  const service = recordAt(raw, report) ?? {};
  const { kind, uses, consumes } = service;
  if (!isServiceKind(kind)) {
    report.at('kind').add({ seen: shown(kind), allowed: `must be one of ${listed(serviceKindNames)}`, change: didYouMean(String(kind), serviceKindNames, `write one of ${listed(serviceKindNames)}`) });
    return { name, kind: undefined, tier: undefined, fields: { values: {}, origins: {} }, uses, consumes };
  }
  const row = serviceKindRow(kind);
  const table: FieldTable = { ...serviceFields, ...row.fields };
  const overridden = refuseFixed(override, SERVICE_KEYS, overrideReport);
  const fields = readFields(table, service, { override: overridden, platformClass: platform.class, report, overrideReport, also: SERVICE_KEYS });
  applyRules(row.rules, fields.values as Parameters<(typeof row.rules)[number]['refuses']>[0], platform.class, report);
  keepToGoldenPath(table, fields.values, service.exceptions, { platformClass: platform.class, report });
  return { name, kind, tier: tierOf(service.tier, row.tier, report), fields, uses, consumes };
};

const tierOf = (declared: unknown, usual: string, report: Report): string | undefined => {
  if (declared === undefined) return usual;
  if (typeof declared === 'string') return declared;
  report.at('tier').add({ seen: shown(declared), allowed: 'must be the name of a tier', change: 'write its name, or remove it' });
  return undefined;
};

/** What a service's kind may know of it. */
export const serviceFacts = (draft: ServiceDraft & { readonly tier: string }, site: ProductSite): AnyServiceFacts => ({
  name: draft.name,
  tier: draft.tier,
  site,
  settings: draft.fields.values as AnyServiceFacts['settings'],
  gateway: (output) => ({ from: 'gateway', output }),
  ref: (name) => ({ from: `${draft.tier}-tier`, output: serviceRef(draft.name, name) }),
});

export const finishService = (
  draft: ServiceDraft & { readonly kind: ServiceKind; readonly tier: string },
  given: { readonly site: ProductSite; readonly image: string; readonly door: Door | undefined; readonly edges: readonly Edge[] },
): ResolvedService => {
  const row = serviceKindRow(draft.kind);
  const facts = serviceFacts(draft, given.site);
  return {
    kind: draft.kind,
    name: facts.name,
    tier: facts.tier,
    settings: facts.settings,
    image: given.image,
    port: row.port(facts),
    door: given.door,
    edges: given.edges,
    refs: row.refs(facts),
    signals: row.signals(facts),
    origins: draft.fields.origins,
    // The settings were read with this very kind's table.
  } as unknown as ResolvedService;
};
