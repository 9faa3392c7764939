import { recordAt, refuseUnknown } from '../read-fields';
import { serviceKindRow } from '../kinds';
import { ProductSite, UNNAMED } from '../naming';
import { own } from '../plain';
import { Report } from '../problems';
import { PlatformFacts, ResolvedProduct, ResolvedTier } from '../resolved';
import { PlatformContext } from './context';
import { DatumDraft, checkPhysicalName, finishDatum, readDatum } from './data';
import { Hosts, readDoors } from './doors';
import { finishEdges, readEdges } from './edges';
import { checkFit, checkRoom } from './fit';
import { checkHolds } from './holds';
import { readImages } from './images';
import {
  checkNames,
  checkOwner,
  checkPlacement,
  checkRetirement,
  checkSharing,
  checkTargetNames,
  isProductName,
  readName,
} from './product-checks';
import { SECTION_NAMES, readSections } from './sections';
import { ServiceDraft, finishService, readService } from './services';
import { finishPool } from './pools';
import { TierDraft, readRetired, readTier } from './tiers';

/** A product that was read: what the ledger and its neighbours are compared with, and how to finish it. */
export interface ProductDraft {
  readonly name: string;
  readonly retired: boolean;
  /** Every tier that it speaks of; missing where its tiers could not all be read. */
  readonly tierNames: ReadonlySet<string> | undefined;
  /** The tier of each service that has one which runs it. */
  readonly placed: ReadonlyMap<string, string>;
  /** Missing where its data could not be read. */
  readonly data: readonly DatumDraft[] | undefined;
  /** Only to be called when the whole platform has no problem. */
  readonly finish: (platform: PlatformFacts) => ResolvedProduct;
}

const PRODUCT_KEYS = ['name', 'owner', ...SECTION_NAMES] as const;
const DEPLOYMENT_KEYS = ['product', 'images', 'overrides', 'retired'] as const;

/** A product as it was found on a platform, before anything of it is known but what it calls itself. */
export interface FoundProduct {
  readonly deployment: Readonly<Record<string, unknown>>;
  readonly product: Readonly<Record<string, unknown>>;
  /** Empty where it has none. */
  readonly name: string;
}

export const findProduct = (raw: unknown, report: Report): FoundProduct | undefined => {
  const deployment = recordAt(raw, report);
  if (!deployment) return undefined;
  if (deployment.product === undefined && refuseUnknown(deployment, DEPLOYMENT_KEYS, report).has('product'))
    return undefined;
  const product = recordAt(deployment.product, report.at('product'));
  return product && { deployment, product, name: typeof product.name === 'string' ? product.name : '' };
};

export const readProduct = (
  { deployment, product, name }: FoundProduct,
  platform: PlatformContext,
  hosts: Hosts,
  platformReport: Report,
): ProductDraft => {
  const report = platformReport.for(`${isProductName(name) ? name : UNNAMED}/${platform.name}`);
  const meantBeside = refuseUnknown(deployment, DEPLOYMENT_KEYS, report);
  const meant = refuseUnknown(product, PRODUCT_KEYS, report);
  const named = readName(product.name, meant, platform.domain, report.at('name'));
  if (!meant.has('owner')) checkOwner(product.owner, report.at('owner'));
  const retired = readRetired(deployment.retired, report.at('retired'));
  const site: ProductSite = {
    ...platform.site,
    product: name,
    owner: typeof product.owner === 'string' ? product.owner : '',
  };

  const held = own(platform.held.products, name)?.data;
  const sections = readSections(product, deployment.overrides, meant, report);
  const data =
    sections.data?.map(([key, raw, override, places]) => readDatum(key, raw, override, platform, places, held)) ?? [];
  const services =
    sections.services?.map(([key, raw, override, places]) => readService(key, raw, override, platform, places)) ?? [];
  const tiers =
    sections.tiers?.map(([key, raw, override, places]) => readTier(key, raw, override, platform, places)) ?? [];
  const usual = product.tiers === undefined && !meant.has('tiers');
  const allTiers = usual ? usualTiers(services, platform, report) : tiers;
  // A service whose kind or tier is a problem might have brought a usual tier with it.
  const tiersKnown =
    sections.tiers !== undefined && !(usual && (!sections.services || services.some(({ tier }) => tier === undefined)));

  checkNames(services, data, report);
  checkTargetNames(services, data, report);
  if (named && platform.named) for (const datum of data) checkPhysicalName(datum, site, report);
  if (tiersKnown) checkPlacement(services, allTiers, report);
  checkSharing(allTiers, report);
  checkFit(services, allTiers, report);
  checkRoom(services, allTiers, report);
  const doors = readDoors(services, site, platform.domain, hosts, report);
  const allKnown = sections.services !== undefined && sections.data !== undefined;
  const edges = new Map(
    services.map((service) => [
      service.name,
      readEdges(service, services, data, allKnown, report.at('services', service.name)),
    ]),
  );
  checkHolds(services, data, edges, report);
  const images =
    retired || !sections.services || meantBeside.has('images')
      ? new Map<string, string>()
      : readImages(
          deployment.images,
          services.map((service) => service.name),
          platform,
          report.at('images'),
        );
  if (retired) checkRetirement(data, report);

  return {
    name,
    retired,
    // Those that services ask for too: where one of them is not declared, that was told already.
    tierNames: tiersKnown
      ? new Set([...allTiers.map((tier) => tier.name), ...services.flatMap(({ tier }) => tier ?? [])])
      : undefined,
    placed: new Map(
      (retired ? [] : services).flatMap(({ name: service, tier }) =>
        tier !== undefined && allTiers.some((one) => one.name === tier && !one.retired) ? [[service, tier]] : [],
      ),
    ),
    data: sections.data && data,
    finish: (facts) => {
      const placed = services.filter(isPlaced);
      return {
        site,
        platform: facts,
        retired,
        data: data
          .filter(hasKind)
          .map((datum) => finishDatum(datum, site))
          .sort(byIdentity),
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
                  edges: finishEdges(
                    edges.get(service.name) ?? [],
                    { service: service.name, tier: tier.name },
                    site,
                    placed,
                    data,
                  ),
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
const hasKind = (datum: DatumDraft): datum is DatumDraft & { readonly kind: NonNullable<DatumDraft['kind']> } =>
  datum.kind !== undefined;
const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, 'en');
const byIdentity = (a: { readonly identity: string }, b: { readonly identity: string }): number =>
  a.identity.localeCompare(b.identity, 'en');

/** A product that names no tiers has those of its services' kinds, with the usual pools. */
const usualTiers = (
  services: readonly ServiceDraft[],
  platform: PlatformContext,
  report: Report,
): readonly TierDraft[] =>
  [
    ...new Set(
      services.flatMap(({ tier, kind }) =>
        tier !== undefined && kind !== undefined && serviceKindRow(kind).tier === tier ? [tier] : [],
      ),
    ),
  ]
    .sort()
    .map((tier) =>
      readTier(tier, {}, undefined, platform, {
        report: report.at('tiers', tier),
        overrideReport: report.at('overrides', 'tiers', tier),
      }),
    );
