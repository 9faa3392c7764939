import { dataKindRow, serviceKindRow } from '../kinds';
import { RESERVED_PRODUCT_NAMES, RESERVED_PRODUCT_WORDS, RESERVED_TARGET_WORDS, beginsWith } from '../naming';
import { Report, refusal } from '../problems';
import { didYouMean, listed, shown } from '../words';
import { DatumDraft } from './data';
import { checkGatewayHost } from './doors';
import { ServiceDraft } from './services';
import { TierDraft } from './tiers';
import { checkKey, isKey } from './keys';

/** What must hold of a product as a whole, between things that are each well for themselves. */

const LONGEST_PRODUCT = 24;

export const isProductName = (name: string): boolean => isKey(name, LONGEST_PRODUCT);

/** Whether it has a name that is no problem. */
export const readName = (
  name: unknown,
  meant: ReadonlySet<string>,
  domain: string | undefined,
  report: Report,
): boolean => {
  if (name === undefined && meant.has('name')) return false;
  if (!checkKey(name, LONGEST_PRODUCT, report)) return false;
  if (RESERVED_PRODUCT_NAMES.includes(name))
    report.add({
      seen: `'${name}'`,
      allowed: `is the name of a stack (${listed(RESERVED_PRODUCT_NAMES)})`,
      change: 'choose another name',
    });
  if (RESERVED_PRODUCT_WORDS.some((word) => beginsWith(name, word)))
    report.add({
      seen: `'${name}'`,
      allowed: `must not begin with ${listed(RESERVED_PRODUCT_WORDS.map((word) => `'${word}'`))}, as Kubernetes' own namespaces do`,
      change: 'choose another name',
    });
  if (domain !== undefined) checkGatewayHost(name, domain, report);
  return true;
};

export const checkOwner = (owner: unknown, report: Report): void => {
  if (typeof owner === 'string' && /^[\w][\w .@/-]{0,62}$/.test(owner)) return;
  report.add(
    refusal(
      owner,
      'must be the name of a team: letters, digits, spaces and _ . @ / -, 63 characters at most',
      owner === undefined ? 'add it' : 'write the name of the team that is asked',
    ),
  );
};

/**
 * `uses` names services and data alike, so one word cannot be both; what watches them is named by their first names,
 * so these cannot meet either. Nor can two data have been one, or one be what another makes besides.
 */
export const checkNames = (services: readonly ServiceDraft[], data: readonly DatumDraft[], report: Report): void => {
  const serviceNames = new Set(services.map(({ name }) => name));
  const identities = new Map<string, string>();
  // Those that were always called so come first: of two, the one that says `formerly` is in the other's way.
  for (const { name, identity, kind } of [...data].sort(
    (a, b) => Number(a.identity !== a.name) - Number(b.identity !== b.name),
  )) {
    const place = identity === name ? report.at('data', name) : report.at('data', name, 'formerly');
    if (serviceNames.has(name))
      report
        .at('data', name)
        .add({ seen: `'${name}'`, allowed: 'is the name of a service already', change: 'choose another name' });
    else if (serviceNames.has(identity))
      place.add({
        seen: `'${identity}'`,
        allowed: 'is the name of a service today, and names of the datum follow its first one',
        change: 'rename the service',
      });
    const other = identities.get(identity);
    if (other !== undefined)
      place.add({
        seen: `'${identity}'`,
        allowed: `is the first name of ${other} already`,
        change: 'choose a name that nothing had before',
      });
    else identities.set(identity, name);
    const suffix = kind && dataKindRow(kind).physicalName.suffix;
    const maker =
      suffix !== undefined && data.find((datum) => datum.kind === kind && `${datum.identity}${suffix}` === identity);
    if (maker)
      place.add({
        seen: `'${identity}'`,
        allowed: `is what ${maker.name} makes besides itself`,
        change: 'choose another name',
      });
  }
};

/** What nobody can use is in nobody's environment, and may be called anything. */
export const checkTargetNames = (
  services: readonly ServiceDraft[],
  data: readonly DatumDraft[],
  report: Report,
): void => {
  const targets = [
    ...services.flatMap(({ name, kind }) =>
      kind && Object.keys(serviceKindRow(kind).verbs).length > 0 ? [['services', name] as const] : [],
    ),
    ...data.map(({ name }) => ['data', name] as const),
  ];
  for (const [section, name] of targets.filter(([, name]) =>
    RESERVED_TARGET_WORDS.some((word) => beginsWith(name, word)),
  ))
    report.at(section, name).add({
      seen: `'${name}'`,
      allowed: `must not begin with ${listed(RESERVED_TARGET_WORDS.map((word) => `'${word}'`))}, as variables do that are in every environment`,
      change: 'choose another name',
    });
};

export const checkPlacement = (
  services: readonly ServiceDraft[],
  tiers: readonly TierDraft[],
  report: Report,
): void => {
  const names = tiers.map(({ name }) => name).sort();
  for (const { name, tier } of services) {
    if (tier === undefined) continue;
    const place = report.at('services', name, 'tier');
    const home = tiers.find((candidate) => candidate.name === tier);
    if (!home)
      place.add({
        seen: shown(tier),
        allowed: `must be a declared tier (${listed(names)})`,
        change: didYouMean(tier, names, 'declare it, or name another'),
      });
    else if (home.retired)
      place.add({ seen: shown(tier), allowed: 'is retired, and runs nothing', change: 'name another tier' });
  }
};

export const checkRetirement = (data: readonly DatumDraft[], report: Report): void => {
  for (const { name } of data.filter(({ released }) => !released)) {
    report.at('data', name).add({
      seen: 'a datum that is kept',
      allowed: 'must be released before its product is retired',
      change: "write released: 'why'",
    });
  }
};

/**
 * Nodes of the shared pool wear one group for everybody: what two tiers of one product would open on it is one rule,
 * and AWS takes no rule twice.
 */
export const checkSharing = (tiers: readonly TierDraft[], report: Report): void => {
  const [first, ...others] = tiers.filter(({ shared, retired }) => shared && !retired);
  for (const { name } of others) {
    report.at('tiers', name, 'pool').add({
      seen: "'shared'",
      allowed: `must be so for one tier of a product only, and is for ${first?.name} already`,
      change: `give it a pool of its own, or put its services into tier ${first?.name}`,
    });
  }
};
