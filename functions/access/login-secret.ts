import { Refusal } from './refusal';
import { Settings } from './settings';

/** Who may log in: of the master's secret and of every service's, the two fields that both have. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What an application reads in the file that its pod mounts. No `url`: how to ask for TLS differs between drivers. */
export interface LoginSecret extends Login {
  readonly engine: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

export const loginSecret = ({ host, port, database }: Settings, { username, password }: Login): LoginSecret => ({
  engine: 'postgres',
  host,
  port,
  database,
  username,
  password,
});

/** The login in a secret's value, if it holds one. The parser's own message would quote the value, so it is dropped. */
export const readLogin = (value: string): Login | undefined => {
  const { username, password } = fieldsOf(value);
  return typeof username === 'string' && typeof password === 'string' && username !== '' && password !== ''
    ? { username, password }
    : undefined;
};

/** A login for this database and no other. */
export const readLoginSecret = (value: string, settings: Settings): Login => {
  const login = readLogin(value);
  const { engine, host, port, database } = fieldsOf(value);
  if (!login) throw new Refusal('the pending version holds no login');
  const expected = loginSecret(settings, login);
  if (engine !== expected.engine || host !== expected.host || port !== expected.port || database !== expected.database)
    throw new Refusal('the pending version is for another database; abandon this rotation and start another');
  return login;
};

const fieldsOf = (value: string): Readonly<Record<string, unknown>> => {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
};
