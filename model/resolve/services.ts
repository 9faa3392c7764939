import { FieldTable } from '../fields';
import { Places, ReadFields, readFields, recordAt } from '../read-fields';
import { keepToGoldenPath } from '../golden-path';
import { Edge } from '../grants';
import { AnyServiceFacts, ServiceKind, isServiceKind, serviceKindNames, serviceKindRow } from '../kinds';
import { ProductSite, RESERVED_SERVICE_NAMES } from '../naming';
import { serviceRef } from '../contracts';
import { isToken } from '../plain';
import { Report, refusal } from '../problems';
import { Door, ResolvedService } from '../resolved';
import { applyRules } from '../rules/rule';
import { serviceFields } from '../services/kind';
import { listed } from '../words';
import { PlatformContext } from './context';
import { NO_FIELDS, refuseFixed, refuseKind } from './kinds-and-overrides';
import { checkKey } from './keys';

export interface ServiceDraft {
  readonly name: string;
  readonly kind: ServiceKind | undefined;
  /** Missing where the tier is a problem. */
  readonly tier: string | undefined;
  readonly fields: ReadFields<FieldTable>;
  readonly uses: unknown;
  readonly consumes: unknown;
}

const FIXED_KEYS = ['kind', 'tier', 'uses', 'consumes'] as const;
const SERVICE_KEYS = [...FIXED_KEYS, 'exceptions'] as const;
const LONGEST_SERVICE = 40;

export const readService = (
  name: string,
  raw: unknown,
  override: unknown,
  platform: PlatformContext,
  { report, overrideReport }: Places,
): ServiceDraft => {
  checkKey(name, LONGEST_SERVICE, report);
  if (RESERVED_SERVICE_NAMES.includes(name))
    report.add({
      seen: `'${name}'`,
      allowed: `is a name that Kubernetes keeps for itself (${listed(RESERVED_SERVICE_NAMES)})`,
      change: 'choose another name',
    });
  const service = recordAt(raw, report);
  if (!service)
    return { name, kind: undefined, tier: undefined, fields: NO_FIELDS, uses: undefined, consumes: undefined };
  const { kind, uses, consumes } = service;
  if (!isServiceKind(kind)) {
    refuseKind(kind, serviceKindNames, report.at('kind'));
    return { name, kind: undefined, tier: undefined, fields: NO_FIELDS, uses, consumes };
  }
  const row = serviceKindRow(kind);
  const table: FieldTable = { ...serviceFields, ...row.fields };
  const overridden = refuseFixed(override, FIXED_KEYS, overrideReport);
  const fields = readFields(table, service, {
    override: overridden,
    platformClass: platform.class,
    report,
    overrideReport,
    also: SERVICE_KEYS,
  });
  applyRules(row.rules, fields, platform.class, { report, overrideReport });
  keepToGoldenPath(
    table,
    fields,
    { declared: service.exceptions, override: overridden?.exceptions },
    { platformClass: platform.class, report, overrideReport },
  );
  return { name, kind, tier: tierOf(service.tier, row.tier, report), fields, uses, consumes };
};

const tierOf = (declared: unknown, usual: string, report: Report): string | undefined => {
  if (declared === undefined) return usual;
  if (typeof declared === 'string' && !isToken(declared)) return declared;
  report.at('tier').add(refusal(declared, 'must be the name of a tier', 'write its name, or remove it'));
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
  given: {
    readonly site: ProductSite;
    readonly image: string;
    readonly door: Door | undefined;
    readonly edges: readonly Edge[];
  },
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
    signals: row.signals(facts, given.edges),
    charts: row.charts?.(facts) ?? [],
    origins: draft.fields.origins,
    // The settings were read with this very kind's table.
  } as unknown as ResolvedService;
};
