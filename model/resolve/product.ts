import { recordAt, refuseUnknown } from '../fields';
import { serviceKindRow } from '../kinds';
import { ProductSite, RESERVED_PRODUCT_NAMES } from '../naming';
import { Report } from '../problems';
import { PlatformFacts, ResolvedProduct, ResolvedTier } from '../resolved';
import { didYouMean, listed, shown } from '../words';
import { PlatformContext } from './context';
import { DatumDraft, finishDatum, readDatum } from './data';
import { readDoors } from './doors';
import { finishEdges, readEdges } from './edges';
import { readImages } from './images';
import { ServiceDraft, finishService, readService } from './services';
import { TierDraft, checkKey, finishPool, readTier } from './tiers';

/** A product that was read: what the ledger and its neighbours are compared with, and how to finish it. */
export interface ProductDraft {
  readonly name: string;
  readonly retired: boolean;
  readonly tiers: readonly TierDraft[];
  readonly data: readonly DatumDraft[];
  /** Only to be called when the whole platform has no problem. */
  readonly finish: (platform: PlatformFacts) => ResolvedProduct;
}

const PRODUCT_KEYS = ['name', 'owner', 'tiers', 'services', 'data'] as const;
const DEPLOYMENT_KEYS = ['product', 'images', 'overrides', 'retired'] as const;
const OVERRIDE_KEYS = ['tiers', 'services', 'data'] as const;
const LONGEST_PRODUCT = 24;

export const readProduct = (rawDeployment: unknown, platform: PlatformContext, takenHosts: Map<string, string>, platformReport: Report): ProductDraft | undefined => {
  const deployment = recordAt(rawDeployment, platformReport);
  if (!deployment) return undefined;
  const product = recordAt(deployment.product, platformReport.at('product'));
  if (!product) return undefined;

  const name = typeof product.name === 'string' ? product.name : '';
  const report = platformReport.for(`${name || '(unnamed)'}/${platform.name}`);
  refuseUnknown(deployment, DEPLOYMENT_KEYS, report);
  refuseUnknown(product, PRODUCT_KEYS, report);
  if (checkKey(name, LONGEST_PRODUCT, report.at('name')) && RESERVED_PRODUCT_NAMES.includes(name)) {
    report.at('name').add({ seen: `'${name}'`, allowed: `is the name of a stack (${listed(RESERVED_PRODUCT_NAMES)})`, change: 'choose another name' });
  }
  checkOwner(product.owner, report.at('owner'));
  if (deployment.retired !== undefined && deployment.retired !== true) report.at('retired').add({ seen: shown(deployment.retired), allowed: 'must be true where it is written', change: 'write retired: true, or remove it' });
  const retired = deployment.retired === true;
  const site: ProductSite = { ...platform.site, product: name, owner: String(product.owner) };

  const sections = readSections(product, deployment.overrides, report);
  const data = sections.data.map(([key, raw, override, places]) => readDatum(key, raw, override, platform, site, places));
  const services = sections.services.map(([key, raw, override, places]) => readService(key, raw, override, platform, places));
  const tiers = sections.tiers.map(([key, raw, override, places]) => readTier(key, raw, override, platform, places));
  const allTiers = product.tiers === undefined ? usualTiers(services, platform, report) : tiers;

  checkNames(services, data, report);
  checkPlacement(services, allTiers, report);
  const doors = readDoors(services, site, platform.domain, takenHosts, report);
  const edges = new Map(services.map((service) => [service.name, readEdges(service, services, data, report.at('services', service.name))]));
  const images = retired ? new Map<string, string>() : readImages(deployment.images, services.map((service) => service.name), platform, report.at('images'));
  if (retired) checkRetirement(data, report);

  return {
    name,
    retired,
    tiers: allTiers.map((tier) => ({ ...tier, retired: tier.retired || retired })),
    data,
    finish: (facts) => {
      const placed = services.filter(isPlaced);
      return {
        site,
        platform: facts,
        retired,
        data: data.filter(hasKind).map((datum) => finishDatum(datum, site)).sort(byIdentity),
        tiers: allTiers
          .map((tier): ResolvedTier => ({
            name: tier.name,
            retired: tier.retired || retired,
            pool: finishPool(tier, facts.region),
            services: (retired ? [] : placed.filter((service) => service.tier === tier.name))
              .map((service) =>
                finishService(service, {
                  site,
                  image: images.get(service.name) ?? '',
                  door: doors.get(service.name),
                  edges: finishEdges(edges.get(service.name) ?? [], { service: service.name, tier: tier.name }, site, placed, data),
                }),
              )
              .sort(byName),
          }))
          .sort(byName),
      };
    },
  };
};

type Placed = ServiceDraft & { readonly kind: NonNullable<ServiceDraft['kind']>; readonly tier: string };
const isPlaced = (service: ServiceDraft): service is Placed => service.kind !== undefined && service.tier !== undefined;
const hasKind = (datum: DatumDraft): datum is DatumDraft & { readonly kind: NonNullable<DatumDraft['kind']> } => datum.kind !== undefined;
const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name, 'en');
const byIdentity = (a: { readonly identity: string }, b: { readonly identity: string }): number => a.identity.localeCompare(b.identity, 'en');

type Entry = readonly [key: string, raw: unknown, override: unknown, places: { readonly report: Report; readonly overrideReport: Report }];

/** The three named collections, each entry beside its override; overrides of what is not there are problems. */
const readSections = (product: Readonly<Record<string, unknown>>, rawOverrides: unknown, report: Report): Readonly<Record<(typeof OVERRIDE_KEYS)[number], readonly Entry[]>> => {
  const overrideReport = report.at('overrides');
  const overrides = rawOverrides === undefined ? {} : (recordAt(rawOverrides, overrideReport) ?? {});
  refuseUnknown(overrides, OVERRIDE_KEYS, overrideReport);
  const entries = (section: (typeof OVERRIDE_KEYS)[number]): readonly Entry[] => {
    const wanted = product[section] === undefined && section !== 'services' ? {} : (recordAt(product[section], report.at(section)) ?? {});
    const laidOver = overrides[section] === undefined ? {} : (recordAt(overrides[section], overrideReport.at(section)) ?? {});
    for (const key of Object.keys(laidOver).filter((name) => !(name in wanted))) {
      overrideReport.at(section, key).add({ seen: `'${key}'`, allowed: `must be declared in ${section} (${listed(Object.keys(wanted).sort())})`, change: didYouMean(key, Object.keys(wanted), 'remove the override') });
    }
    return Object.entries(wanted).map(([key, raw]) => [key, raw, laidOver[key], { report: report.at(section, key), overrideReport: overrideReport.at(section, key) }]);
  };
  return { tiers: entries('tiers'), services: entries('services'), data: entries('data') };
};

/** A product that names no tiers has those of its services' kinds, with the usual pools. */
const usualTiers = (services: readonly ServiceDraft[], platform: PlatformContext, report: Report): readonly TierDraft[] =>
  [...new Set(services.flatMap(({ tier, kind }) => (tier !== undefined && kind !== undefined && serviceKindRow(kind).tier === tier ? [tier] : [])))]
    .sort()
    .map((tier) => readTier(tier, {}, undefined, platform, { report: report.at('tiers', tier), overrideReport: report.at('overrides', 'tiers', tier) }));

const checkOwner = (owner: unknown, report: Report): void => {
  if (typeof owner === 'string' && /^[\w][\w .@/-]{0,62}$/.test(owner)) return;
  report.add({ seen: shown(owner), allowed: 'must be the name of a team, 63 characters at most', change: owner === undefined ? 'add owner' : 'write the name of the team that is asked' });
};

/** `uses` names services and data alike, so one word cannot be both; nor can two data have been one. */
const checkNames = (services: readonly ServiceDraft[], data: readonly DatumDraft[], report: Report): void => {
  const serviceNames = new Set(services.map(({ name }) => name));
  for (const { name } of data.filter((datum) => serviceNames.has(datum.name))) {
    report.at('data', name).add({ seen: `'${name}'`, allowed: 'is the name of a service already', change: 'choose another name' });
  }
  const identities = new Map<string, string>();
  for (const { name, identity } of data) {
    const other = identities.get(identity);
    if (other !== undefined) report.at('data', name).add({ seen: `'${identity}'`, allowed: `is the first name of ${other} already`, change: 'choose a name that nothing had before' });
    else identities.set(identity, name);
  }
};

const checkPlacement = (services: readonly ServiceDraft[], tiers: readonly TierDraft[], report: Report): void => {
  const names = tiers.map(({ name }) => name).sort();
  for (const { name, tier } of services) {
    if (tier === undefined) continue;
    const place = report.at('services', name, 'tier');
    const home = tiers.find((candidate) => candidate.name === tier);
    if (!home) place.add({ seen: `'${tier}'`, allowed: `must be a declared tier (${listed(names)})`, change: didYouMean(tier, names, `add tiers.${tier}, or name another`) });
    else if (home.retired) place.add({ seen: `'${tier}'`, allowed: 'is retired, and runs nothing', change: 'name another tier' });
  }
};

const checkRetirement = (data: readonly DatumDraft[], report: Report): void => {
  for (const { name } of data.filter(({ released }) => !released)) {
    report.at('data', name).add({ seen: 'a datum that is kept', allowed: 'must be released before its product is retired', change: "write released: 'why'" });
  }
};
