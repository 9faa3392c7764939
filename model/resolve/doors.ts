import { placeOf } from '../read-fields';
import { edgeOrigin } from '../grants';
import { serviceKindRow } from '../kinds';
import { Ledger } from '../ledger';
import { LIMITS, ProductSite, gatewayHost, stableSlot } from '../naming';
import { own } from '../plain';
import { Report } from '../problems';
import { Door } from '../resolved';
import { shown } from '../words';
import { ServiceDraft, serviceFacts } from './services';

/** Hosts that are spoken for. */
export interface Hosts {
  /** By this declaration, with whose they are; grows as products are read. */
  readonly taken: Map<string, string>;
  /** By what is deployed. */
  readonly held: ReadonlyMap<string, { readonly product: string; readonly tier: string; readonly service: string }>;
}

/** Of the declared products: that another one disappeared is told as that. */
export const heldHosts = ({ products }: Ledger, declared: readonly string[]): Hosts['held'] =>
  new Map(
    declared.flatMap((product) =>
      Object.entries(own(products, product)?.services ?? {}).flatMap(([service, { tier, host }]) =>
        host === undefined ? [] : [[host, { product, tier, service }] as const],
      ),
    ),
  );

/**
 * Public hosts and their places among the load balancer's rules. A place is a slot computed from the host alone, so
 * that no neighbour moves it; two hosts that meet in a slot are refused, and one of them is given a `priority`.
 */
export const readDoors = (
  services: readonly ServiceDraft[],
  site: ProductSite,
  domain: string | undefined,
  hosts: Hosts,
  report: Report,
): ReadonlyMap<string, Door> => {
  const doors = new Map<string, Door>();
  const slots = new Map<number, string>();
  for (const draft of services) {
    const { kind, tier, name } = draft;
    if (!kind || domain === undefined || typeof draft.fields.values.host !== 'string') continue;
    const wanted = serviceKindRow(kind).door(serviceFacts({ ...draft, tier: tier ?? '' }, site));
    if (!wanted) continue;
    const places = { report: report.at('services', name), overrideReport: report.at('overrides', 'services', name) };
    const place = {
      host: placeOf(places, draft.fields, 'host').at('host'),
      priority: placeOf(places, draft.fields, 'host', 'priority').at('priority'),
    };
    const host = wanted.host.includes('.') ? wanted.host : `${wanted.host}.${domain}`;
    if (host !== domain && !host.endsWith(`.${domain}`)) {
      place.host.add({
        seen: `'${host}'`,
        allowed: `must be '${domain}' or a name below it, where the platform can prove that it owns it`,
        change: 'choose a name there',
      });
      continue;
    }
    if (host.length > LIMITS.certificate) {
      place.host.add({
        seen: `'${host}', ${host.length} characters`,
        allowed: `must stay within ${LIMITS.certificate}, because a certificate takes no longer name`,
        change: 'choose a shorter host',
      });
      continue;
    }
    const owner = hosts.taken.get(host);
    if (owner !== undefined) {
      place.host.add({ seen: `'${host}'`, allowed: `is the host of ${owner} already`, change: 'choose another host' });
      continue;
    }
    const holder = hosts.held.get(host);
    // Inside one tier's stack a host goes from one service to another in place. A service that changes its tier is told
    // so at its tier.
    const stays =
      !holder ||
      (holder.product === site.product && (holder.tier === (tier ?? holder.tier) || holder.service === name));
    if (!stays) {
      place.host.add({
        seen: `'${host}'`,
        allowed: `is still held by ${holder.service} of ${holder.product} in tier ${holder.tier}, whose stack is deployed apart`,
        change: 'take it from there first, and give it away one release later',
      });
      continue;
    }
    hosts.taken.set(host, `${name} of ${site.product}`);
    const priority = wanted.priority ?? stableSlot(host, HIGHEST_PRIORITY);
    const neighbour = slots.get(priority);
    if (neighbour !== undefined) {
      place.priority.add({
        seen: `${priority}${wanted.priority === undefined ? `, computed from '${host}'` : ''}`,
        allowed: `is the place of ${neighbour} already`,
        change: `set a priority from 1 to ${HIGHEST_PRIORITY}`,
      });
      continue;
    }
    slots.set(priority, name);
    doors.set(name, { host, priority, origin: edgeOrigin('internet', 'reach', name) });
  }
  return doors;
};

/** The certificate of the load balancer itself, which is made with the product's and the platform's names alone. */
export const checkGatewayHost = (product: string, domain: string, report: Report): void => {
  const host = gatewayHost(product, domain);
  if (host.length > LIMITS.certificate) {
    report.add({
      seen: shown(product),
      allowed: `must leave '${host}' within ${LIMITS.certificate} characters, because a certificate takes no longer name`,
      change: "shorten the product's name or the platform's domain",
    });
  }
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html */
const HIGHEST_PRIORITY = 50_000;
