import { placeOf } from '../read-fields';
import { edgeOrigin } from '../grants';
import { serviceKindRow } from '../kinds';
import { LIMITS, ProductSite, gatewayHost, stableSlot } from '../naming';
import { Report } from '../problems';
import { Door } from '../resolved';
import { shown } from '../words';
import { ServiceDraft, serviceFacts } from './services';

/**
 * Public hosts and their places among the load balancer's rules. A place is a slot computed from the host alone, so
 * that no neighbour moves it; two hosts that meet in a slot are refused, and one of them is given a `priority`.
 */
export const readDoors = (
  services: readonly ServiceDraft[],
  site: ProductSite,
  domain: string | undefined,
  takenHosts: Map<string, string>,
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
    const owner = takenHosts.get(host);
    if (owner !== undefined) {
      place.host.add({ seen: `'${host}'`, allowed: `is the host of ${owner} already`, change: 'choose another host' });
      continue;
    }
    takenHosts.set(host, `${name} of ${site.product}`);
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
