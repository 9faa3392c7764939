import { PLATFORM_CLASSES, PlatformClass, Values } from '../fields';
import { readFields, recordAt } from '../read-fields';
import { keepToGoldenPath } from '../golden-path';
import { UNNAMED, beginsWith, gatewayHost } from '../naming';
import { fieldsOf } from '../plain';
import { platformFields, platformRules } from '../platform-fields';
import { DeclarationError, Problem, Report, refusal } from '../problems';
import { REGION_ROWS } from '../regions';
import { PlatformFacts, ResolvedPlatform, ResolvedProduct } from '../resolved';
import { applyRules } from '../rules/rule';
import { shown } from '../words';
import { PlatformContext } from './context';
import { keepWhatIsHeld } from './ledger';
import { nextLedger } from './next-ledger';
import { Hosts, heldHosts } from './doors';
import { ProductDraft, findProduct, readProduct } from './product';
import { isProductName } from './product-checks';
import { readLedger } from './read-ledger';

type PlatformValues = Values<typeof platformFields>;

const OTHER_KEYS = ['products', 'ledger', 'exceptions'] as const;

/** Everything that is knowable from a platform's declaration: complete and readonly, or one error with every problem. */
export const resolvePlatform = (raw: unknown): ResolvedPlatform => {
  const name = nameOf(raw);
  const report = new Report(name ?? UNNAMED);
  const declared = recordAt(raw, report);
  if (!declared) throw new DeclarationError(report.problems);

  // A platform whose class is a problem is read as development: no golden path is kept for a class nobody wrote.
  const platformClass: PlatformClass = PLATFORM_CLASSES.find((known) => known === declared.class) ?? 'development';
  const held = readLedger(declared.ledger, report.at('ledger'));
  const fields = readFields(platformFields, declared, {
    platformClass,
    report,
    also: OTHER_KEYS,
    held: { fields: held.platform, instead: 'declare another platform beside this one and move product by product' },
  });
  const places = { report, overrideReport: report };
  applyRules(platformRules, fields, platformClass, places);
  keepToGoldenPath(platformFields, fields, { declared: declared.exceptions }, { ...places, platformClass });

  const { account = '', region, domain } = fields.values;
  const context: PlatformContext = {
    name: name ?? UNNAMED,
    named: name !== undefined,
    class: platformClass,
    site: { platform: name ?? '', account, region: region ?? '' },
    domain,
    region,
    endpoints: fields.values.endpoints ?? false,
    held,
  };
  const { products, allKnown } =
    declared.products === undefined && fields.meant.has('products')
      ? { products: [], allKnown: false }
      : readProducts(declared.products, context, report);
  keepWhatIsHeld(held, products, allKnown, context.name, report);
  if (report.problems.length > 0) throw new DeclarationError(report.problems);

  const { name: platform, zones: chosen, control, nodes, ...values } = fields.values as PlatformValues;
  const zones = chosen ?? REGION_ROWS[values.region].zones;
  const facts: PlatformFacts = {
    ...values,
    platform,
    zones,
    kubernetes: { control, nodes },
    origins: fields.origins,
  };
  const resolved = products.map(({ finish }) => finish(facts));
  return {
    facts,
    products: resolved,
    ledger: nextLedger({ ...fields.values, zones }, resolved, held),
    excused: report.excused,
  };
};

/** The name of a platform, where it is none that is a problem. */
const nameOf = (raw: unknown): string | undefined => {
  const read = platformFields.name.read(fieldsOf(raw)?.name);
  return 'value' in read ? read.value : undefined;
};

/** Several platforms at once: the problems of all of them, and what no two may share. */
export const resolvePlatforms = (raw: readonly unknown[]): readonly ResolvedPlatform[] => {
  const problems: Problem[] = [];
  const resolved = raw.flatMap((platform) => {
    try {
      return [resolvePlatform(platform)];
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  const names = raw.flatMap((platform) => nameOf(platform) ?? []);
  for (const [index, name] of names.entries()) {
    const report = new Report(name, problems).at('name');
    if (names.indexOf(name) !== index)
      report.add({
        seen: `'${name}' twice`,
        allowed: 'must be the name of one platform only',
        change: 'rename one of them',
      });
    const shorter = names.find((other) => other !== name && beginsWith(name, other));
    if (shorter !== undefined)
      report.add({
        seen: `'${name}'`,
        allowed: `must not begin with the name of another platform ('${shorter}')`,
        change: 'rename one of them',
      });
  }
  for (const [index, { facts }] of resolved.entries()) {
    const other = resolved.slice(0, index).find((earlier) => earlier.facts.domain === facts.domain);
    if (other)
      new Report(facts.platform, problems).at('domain').add({
        seen: shown(facts.domain),
        allowed: `is the domain of ${other.facts.platform} already, and names would lead to one of them only`,
        change: 'choose a domain of its own, or one below it',
      });
  }
  if (problems.length > 0) throw new DeclarationError(problems);
  return resolved;
};

/** One product on a platform, as if it were alone there. */
export const resolve = (
  declaration: unknown,
  platform: Readonly<Record<string, unknown>>,
  deployment: { readonly images?: unknown; readonly overrides?: unknown } = {},
): ResolvedProduct => {
  const [product] = resolvePlatform({ ...platform, products: [{ product: declaration, ...deployment }] }).products;
  if (!product) throw new Error('a platform with one product resolved to none');
  return product;
};

interface ReadProducts {
  readonly products: readonly ProductDraft[];
  /** Whether each of them could be read, and has a name. */
  readonly allKnown: boolean;
}

const readProducts = (raw: unknown, platform: PlatformContext, report: Report): ReadProducts => {
  if (!Array.isArray(raw)) {
    report
      .at('products')
      .add(
        refusal(
          raw,
          'must be a list of deploy(product, …)',
          raw === undefined ? 'add it' : 'write products: [deploy(…)]',
        ),
      );
    return { products: [], allKnown: false };
  }
  // The order of writing means nothing: which of two is said to be in the other's way is the order of names.
  const found = Array.from(raw, (deployment: unknown, index) =>
    findProduct(deployment, report.at('products', String(index))),
  );
  const products = found.filter((product) => product !== undefined).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  checkProductNames(products.map(({ name }) => name).filter(isProductName), report);
  const hosts: Hosts = {
    taken: new Map(
      products.flatMap(({ name }) =>
        platform.domain === undefined ? [] : [[gatewayHost(name, platform.domain), `the load balancer of ${name}`]],
      ),
    ),
    held: heldHosts(
      platform.held,
      products.map(({ name }) => name),
    ),
  };
  return {
    products: products.map((product) => readProduct(product, platform, hosts, report)),
    allKnown: found.every((product) => product !== undefined && isProductName(product.name)),
  };
};

/** Stack names are put together with dashes, so no product may be another's name and more. */
const checkProductNames = (names: readonly string[], report: Report): void => {
  for (const [index, name] of names.entries()) {
    const place = report.at('products', name);
    if (names.indexOf(name) !== index)
      place.add({ seen: `'${name}' twice`, allowed: 'may be deployed once on a platform', change: 'remove one' });
    const shorter = names.find((other) => other !== name && beginsWith(name, other));
    if (shorter !== undefined)
      place.add({
        seen: `'${name}'`,
        allowed: `must not begin with the name of another product ('${shorter}')`,
        change: 'rename one of them',
      });
  }
};
