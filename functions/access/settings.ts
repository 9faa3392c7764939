import { Refusal } from './refusal';

/** Which database this function keeps, and whose logins. Everything comes from its own stack; nothing from an event. */
export interface Settings {
  /** Where RDS keeps the master user's name and password; read anew each time, because RDS rotates it. */
  readonly masterSecret: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** All secrets of this product begin with it, and no others: `production/shop/`. */
  readonly prefix: string;
  /** The store's identity, the last part of its logins' secret names. */
  readonly store: string;
  /** Certificates of the authorities that the database's own certificate may come from. */
  readonly authorities: string;
}

const NAMES = ['MASTER_SECRET', 'HOST', 'PORT', 'DATABASE', 'PREFIX', 'STORE'] as const;

export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
  authorities: string,
): Settings => {
  const missing = NAMES.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Refusal(`the environment lacks ${missing.join(', ')}`);
  const read = (name: (typeof NAMES)[number]): string => environment[name] ?? '';
  const port = Number(read('PORT'));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal('PORT must be a port number');
  // Without the last slash `production/shop` would reach into `production/shop-admin`.
  if (!read('PREFIX').endsWith('/')) throw new Refusal('PREFIX must end with a slash');
  return {
    masterSecret: read('MASTER_SECRET'),
    host: read('HOST'),
    port,
    database: read('DATABASE'),
    prefix: read('PREFIX'),
    store: read('STORE'),
    authorities,
  };
};
