import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Verb } from './consumer';
import { Session } from './database';
import { roleNames } from './names';
import { Refusal } from './refusal';

/**
 * Rights on tables belong to three roles of the whole database, one for each verb, each having the rights of the one
 * before. Services are members of one of them; so a right never depends on whether table or service came first.
 */
export const READERS = 'groundplan__readers';
export const WRITERS = 'groundplan__writers';
/** Owns what migrations make, whichever service and login ran them: two services that own share one schema. */
export const OWNER = 'groundplan__owner';
export const ROLE_OF = { read: READERS, write: WRITERS, own: OWNER } as const satisfies Record<Verb, string>;

/**
 * What a role is for, kept as its comment: only who may make roles can write one, and it outlives upgrades and restores.
 * A role without the comment that is expected of it was made by somebody else and is never touched.
 */
export const PURPOSE = {
  shared: 'groundplan access: shared by all services',
  group: (service: string): string => `${GROUP_PURPOSE}${service}`,
  login: (service: string): string => `groundplan access: login of ${service}`,
} as const;
const GROUP_PURPOSE = 'groundplan access: group of ';

export interface Role {
  readonly name: string;
  readonly canLogin: boolean;
  readonly purpose: string | null;
  readonly memberOf: readonly string[];
  /** What the role's sessions begin with. */
  readonly settings: readonly string[];
}

/** The roles of these names that there are, by name. */
export const findRoles = async (session: Session, names: readonly string[]): Promise<ReadonlyMap<string, Role>> => {
  const found = await session.rows<Role>(
    `SELECT r.rolname::text AS name, r.rolcanlogin AS "canLogin", shobj_description(r.oid, 'pg_authid') AS purpose,
       ARRAY(SELECT DISTINCT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
             WHERE m.member = r.oid) AS "memberOf",
       ARRAY(SELECT unnest(s.setconfig) FROM pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase = 0) AS settings
     FROM pg_roles r WHERE r.rolname = ANY($1::text[])`,
    [names],
  );
  return new Map(found.map((role) => [role.name, role]));
};

/** The statements that make a role, or none where it is there already and ours. */
export const makingRole = async (
  session: Session,
  name: string,
  purpose: string,
  kind: 'LOGIN' | 'NOLOGIN',
): Promise<readonly string[]> => {
  const role = (await findRoles(session, [name])).get(name);
  if (role && role.purpose !== purpose) throw new Refusal(`role ${name} is there already and was not made for this`);
  if (role) return [];
  return [
    `CREATE ROLE ${escapeIdentifier(name)} ${kind}`,
    `COMMENT ON ROLE ${escapeIdentifier(name)} IS ${escapeLiteral(purpose)}`,
    // Before 16 whoever makes roles rules them all; from 16 on only its own, and those of which it is an administrator.
    // So that a database keeps working when it is upgraded, the master is made one where it is not one from the start.
    `GRANT ${escapeIdentifier(name)} TO CURRENT_USER${(await majorVersion(session)) < 16 ? ' WITH ADMIN OPTION' : ''}`,
  ];
};

/** The statements that leave a role a member of one other and of nothing else. */
export const joining = (role: Role | undefined, name: string, group: string): readonly string[] => [
  ...(role?.memberOf ?? [])
    .filter((other) => other !== group)
    .map((other) => `REVOKE ${escapeIdentifier(other)} FROM ${escapeIdentifier(name)}`),
  ...(role?.memberOf.includes(group) ? [] : [`GRANT ${escapeIdentifier(group)} TO ${escapeIdentifier(name)}`]),
];

/** The services that have roles here, by what their groups say of themselves. */
export const servicesWithRoles = async (session: Session): Promise<readonly string[]> => {
  const groups = await session.rows<{ readonly name: string; readonly service: string }>(
    `SELECT name, substr(purpose, length($1::text) + 1) AS service
     FROM (SELECT rolname::text AS name, shobj_description(oid, 'pg_authid') AS purpose FROM pg_roles
           WHERE NOT rolcanlogin AND NOT rolsuper) AS groups
     WHERE starts_with(purpose, $1::text) ORDER BY name`,
    [GROUP_PURPOSE],
  );
  return groups.filter(({ name, service }) => name === roleNames(service).group).map(({ service }) => service);
};

/** Runs statements one after the other and hands them back, for the log. */
export const runAll = async (session: Session, statements: readonly string[]): Promise<readonly string[]> => {
  for (const statement of statements) await session.run(statement);
  return statements;
};

const majorVersion = async (session: Session): Promise<number> => {
  const [answer] = await session.rows<{ readonly version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  return answer?.version ?? 0;
};
