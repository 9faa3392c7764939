import { PLATFORM_CLASSES, PlatformClass, Values, readFields, recordAt } from '../fields';
import { keepToGoldenPath } from '../golden-path';
import { platformFields } from '../platform-fields';
import { DeclarationError, Problem, Report } from '../problems';
import { REGION_ROWS } from '../regions';
import { PlatformFacts, ResolvedPlatform, ResolvedProduct } from '../resolved';
import { Rule, applyRules } from '../rules/rule';
import { minorOf } from '../versions';
import { shown } from '../words';
import { PlatformContext } from './context';
import { keepWhatIsHeld } from './ledger';
import { ProductDraft, readProduct } from './product';

type PlatformValues = Values<typeof platformFields>;

/** Everything that is knowable from a platform's declaration: complete and readonly, or one error with every problem. */
export const resolvePlatform = (raw: unknown): ResolvedPlatform => {
  const name = typeof raw === 'object' && raw !== null && 'name' in raw && typeof raw.name === 'string' ? raw.name : '(unnamed)';
  const report = new Report(name);
  const declared = recordAt(raw, report);
  if (!declared) throw new DeclarationError(report.problems);

  // A platform whose class is a problem is read as development: no golden path is kept for a class nobody wrote.
  const platformClass: PlatformClass = PLATFORM_CLASSES.find((known) => known === declared.class) ?? 'development';
  const fields = readFields(platformFields, declared, { platformClass, report, also: ['products', 'ledger', 'exceptions'] });
  applyRules(platformRules, fields.values, platformClass, report);
  keepToGoldenPath(platformFields, fields.values, declared.exceptions, { platformClass, report });

  const { account = '', region, domain } = fields.values;
  const context: PlatformContext = { name, class: platformClass, site: { platform: name, account, region: region ?? '' }, domain, region };
  const products = readProducts(declared.products, context, report);
  keepWhatIsHeld(declared.ledger, products, name, report);
  if (report.problems.length > 0) throw new DeclarationError(report.problems);

  const { name: _name, zones, control, nodes, ...values } = fields.values as PlatformValues;
  const facts: PlatformFacts = {
    ...values,
    platform: name,
    zones: zones ?? REGION_ROWS[values.region].zones,
    kubernetes: { control, nodes },
    origins: fields.origins,
  };
  return { facts, products: products.map(({ finish }) => finish(facts)) };
};

/** Several platforms at once: the problems of all of them, and names that no two may share. */
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
  const names = resolved.map(({ facts }) => facts.platform);
  for (const [index, name] of names.entries()) {
    const report = new Report(name, problems).at('name');
    if (names.indexOf(name) !== index) report.add({ seen: `'${name}' twice`, allowed: 'must be the name of one platform only', change: 'rename one of them' });
    const shorter = names.find((other) => name.startsWith(`${other}-`));
    if (shorter !== undefined) report.add({ seen: `'${name}'`, allowed: `must not begin with the name of another platform ('${shorter}')`, change: 'rename one of them' });
  }
  if (problems.length > 0) throw new DeclarationError(problems);
  return resolved;
};

/** One product on a platform, as if it were alone there. */
export const resolve = (declaration: unknown, platform: Readonly<Record<string, unknown>>, deployment: { readonly images?: unknown; readonly overrides?: unknown } = {}): ResolvedProduct => {
  const [product] = resolvePlatform({ ...platform, products: [{ product: declaration, ...deployment }] }).products;
  if (!product) throw new Error('a platform with one product resolved to none');
  return product;
};

const readProducts = (raw: unknown, platform: PlatformContext, report: Report): readonly ProductDraft[] => {
  if (!Array.isArray(raw)) {
    report.at('products').add({ seen: shown(raw), allowed: 'must be a list of deploy(product, …)', change: 'write products: [deploy(…)]' });
    return [];
  }
  const takenHosts = new Map<string, string>();
  const deployments: unknown[] = raw;
  const products = deployments.flatMap((deployment, index) => readProduct(deployment, platform, takenHosts, report.at('products', String(index))) ?? []);
  checkProductNames(products, report);
  return [...products].sort((a, b) => a.name.localeCompare(b.name, 'en'));
};

/** Stack names are put together with dashes, so no product may be another's name and more. */
const checkProductNames = (products: readonly ProductDraft[], report: Report): void => {
  const seen = new Set<string>();
  for (const { name } of products) {
    const place = report.at('products', name);
    if (seen.has(name)) place.add({ seen: `'${name}' twice`, allowed: 'a product is deployed once on a platform', change: 'remove one' });
    const shorter = products.find((other) => name.startsWith(`${other.name}-`));
    if (shorter && shorter.name !== '') place.add({ seen: `'${name}'`, allowed: `must not begin with the name of another product ('${shorter.name}')`, change: 'rename one of them' });
    seen.add(name);
  }
};

const platformRules: readonly Rule<PlatformValues>[] = [
  {
    id: 'nodes-follow-control-plane',
    needs: ['control', 'nodes'],
    at: 'nodes',
    // https://kubernetes.io/releases/version-skew-policy/
    refuses: ({ control, nodes }) => {
      const lag = minorOf(control) - minorOf(nodes);
      return lag >= 0 && lag <= 3 ? undefined : { seen: shown(nodes), allowed: `must be at most three minor versions behind control ('${control}') and never ahead`, change: 'move control first, then nodes' };
    },
  },
  {
    id: 'zones-of-the-region',
    needs: ['region', 'zones'],
    at: 'zones',
    refuses: ({ region, zones }) => {
      const prefix = REGION_ROWS[region].zones[0].split('-')[0] ?? '';
      const strangers = (zones ?? []).filter((zone) => !zone.startsWith(`${prefix}-`));
      return strangers.length === 0 ? undefined : { seen: strangers.map((zone) => `'${zone}'`).join(', '), allowed: `must be zones of ${region} (${prefix}-az1 to ${prefix}-az4)`, change: 'choose zones of the region' };
    },
  },
];
