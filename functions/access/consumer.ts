import { RoleNames, SERVICE_KEY, roleNames } from './names';
import { Refusal } from './refusal';
import { SecretFacts, TAGS } from './secrets';
import { Settings } from './settings';

export const VERBS = ['read', 'write', 'own'] as const;
export type Verb = (typeof VERBS)[number];

/** A service that uses this store, as its secret declares it. */
export interface Consumer {
  readonly service: string;
  readonly verb: Verb;
  readonly roles: RoleNames;
}

export const secretNameOf = ({ prefix, store }: Settings, service: string): string => `${prefix}${service}/${store}`;

/**
 * Whose login a secret is. An event names any secret it likes, so the secret itself must prove by name and tags that it
 * is a login to this store: whoever could make this function take another would choose a role's name and its rights.
 */
export const consumerOf = ({ name, tags, deleted }: SecretFacts, settings: Settings): Consumer => {
  const refuse = (why: string): never => {
    throw new Refusal(`secret ${name}: ${why}`);
  };
  const { [TAGS.service]: service = '', [TAGS.store]: store, [TAGS.verb]: verb } = tags;
  if (!name.startsWith(settings.prefix)) return refuse(`lies outside ${settings.prefix}`);
  if (store !== settings.store) return refuse(`its tag ${TAGS.store} is not ${settings.store}`);
  if (!SERVICE_KEY.test(service)) return refuse(`its tag ${TAGS.service} is no service's key`);
  if (name !== secretNameOf(settings, service)) return refuse(`is not the login of ${service} at ${store}`);
  const known = VERBS.find((each) => each === verb);
  if (known === undefined) return refuse(`its tag ${TAGS.verb} must be one of ${VERBS.join(', ')}`);
  if (deleted) return refuse('is planned for deletion');
  return { service, verb: known, roles: roleNames(service) };
};
