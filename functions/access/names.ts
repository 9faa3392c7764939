import { createHash } from 'node:crypto';

/**
 * What a service's roles are called. Keys of services are lower-case words with single dashes, so that no key has two
 * underscores in a row or begins with one: whatever does is ours, and no two services can meet in one name.
 */
export interface RoleNames {
  /** Carries the rights, and cannot log in. */
  readonly group: string;
  /** Two logins, of which one is current and the other waits for the next rotation. */
  readonly logins: readonly [string, string];
}

/** The same spelling as all keys of declarations. */
export const SERVICE_KEY = /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/;

export const roleNames = (service: string): RoleNames => {
  const stem = stemOf(service);
  return { group: `${stem}${GROUP}`, logins: [`${stem}_a`, `${stem}_b`] };
};

/** PostgreSQL keeps names that begin with `pg_` for itself, and silently cuts those of more than 63 bytes. */
const stemOf = (service: string): string => {
  const words = service.replaceAll('-', '_');
  const allowed = `${words}_`.startsWith('pg_') ? `_${words}` : words;
  return allowed.length <= LONGEST_STEM
    ? allowed
    : `${allowed.slice(0, LONGEST_STEM - DIGEST - 2)}__${createHash('sha256').update(service).digest('hex').slice(0, DIGEST)}`;
};

const GROUP = '__rights';
const LONGEST_STEM = 63 - GROUP.length;
const DIGEST = 16;
