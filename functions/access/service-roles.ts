import { escapeIdentifier, escapeLiteral } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer } from './consumer';
import { Session, inTransaction } from './database';
import { layFoundation, openObjects } from './foundation';
import { RoleNames } from './names';
import { Refusal } from './refusal';
import { OWNER, PURPOSE, ROLE_OF, Role, findRoles, joining, makingRole, runAll } from './roles';

/** A login that a rotation makes or gives another password. */
export interface NewPassword {
  readonly login: string;
  readonly verifier: string;
}

/**
 * A service's roles as its verb wants them, and not a right more. Without a password it makes no login: that is for the
 * first rotation. Returns what it did, without passwords.
 */
export const putRight = async (
  session: Session,
  consumer: Consumer,
  password?: NewPassword,
): Promise<readonly string[]> => {
  const { service, verb, roles } = consumer;
  const done = await inTransaction(session, async () => [
    ...(await layFoundation(session)),
    ...(await runAll(session, await makingRole(session, roles.group, PURPOSE.group(service), 'NOLOGIN'))),
    ...(password ? await setPassword(session, service, password) : []),
    ...(await membership(session, consumer)),
    ...(await handOver(session, roles)),
    ...(await openObjects(session)),
  ]);
  return verb === 'own' ? done : [...done, ...(await leaveOwner(session, roles))];
};

const membership = async (session: Session, { service, verb, roles }: Consumer): Promise<readonly string[]> => {
  const found = await findRoles(session, [roles.group, ...roles.logins]);
  const logins = roles.logins.flatMap((name) => found.get(name) ?? []);
  const stranger = logins.find(({ purpose }) => purpose !== PURPOSE.login(service));
  if (stranger) throw new Refusal(`role ${stranger.name} is there already and was not made for this`);
  return runAll(session, [
    ...joining(found.get(roles.group), roles.group, ROLE_OF[verb]),
    ...logins.flatMap((login) => [
      ...joining(login, login.name, roles.group),
      // Its removal was begun, and then the service came back.
      ...(login.canLogin ? [] : [`ALTER ROLE ${escapeIdentifier(login.name)} LOGIN`]),
      // What a login that owns makes belongs to the owner from the start, so that the other login can change it.
      ...(verb === 'own' && !beginsAsOwner(login)
        ? [`ALTER ROLE ${escapeIdentifier(login.name)} SET role = ${escapeLiteral(OWNER)}`]
        : []),
    ]),
  ]);
};

/**
 * A session that has become the owner stays it until it ends, whatever its login may do since: so the sessions of a
 * service that owns no longer are ended. That its logins would still begin as the owner is the sign that this is left to
 * do; PostgreSQL only warns those that may not.
 */
const leaveOwner = async (session: Session, roles: RoleNames): Promise<readonly string[]> => {
  const owners = [...(await findRoles(session, roles.logins)).values()].filter(beginsAsOwner).map(({ name }) => name);
  if (owners.length === 0) return [];
  await endSessions(session, owners);
  return inTransaction(session, () =>
    runAll(
      session,
      owners.map((name) => `ALTER ROLE ${escapeIdentifier(name)} RESET role`),
    ),
  );
};

const beginsAsOwner = ({ settings }: Role): boolean => settings.includes(`role=${OWNER}`);

const setPassword = async (
  session: Session,
  service: string,
  { login, verifier }: NewPassword,
): Promise<readonly string[]> => {
  const made = await runAll(session, await makingRole(session, login, PURPOSE.login(service), 'LOGIN'));
  const statement = `ALTER ROLE ${escapeIdentifier(login)} LOGIN PASSWORD`;
  await session.run(`${statement} ${escapeLiteral(verifier)}`);
  return [...made, `${statement} (hidden)`];
};

/** Gives the owner what a service's own roles made after `SET ROLE NONE`. Temporary tables end with their session. */
const handOver = async (session: Session, { group, logins }: RoleNames): Promise<readonly string[]> => {
  const holders = await session.rows<{ readonly name: string }>(
    `SELECT DISTINCT r.rolname::text AS name
     FROM pg_shdepend d JOIN pg_roles r ON d.refclassid = 'pg_authid'::regclass AND r.oid = d.refobjid
       LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
     WHERE r.rolname = ANY($1::text[]) AND d.deptype = 'o' AND coalesce(c.relpersistence, 'p') <> 't'
       AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     ORDER BY 1`,
    [[group, ...logins]],
  );
  return runAll(
    session,
    holders.map(({ name }) => `REASSIGN OWNED BY ${escapeIdentifier(name)} TO ${escapeIdentifier(OWNER)}`),
  );
};

/**
 * Takes a service away, in two transactions with the end of its sessions between them: first nobody can come in any more
 * and nobody inside has a right, then everything goes. Stopped anywhere, the next time goes on. Returns what it did.
 */
export const remove = async (session: Session, service: string, roles: RoleNames): Promise<readonly string[]> => {
  const ours = async (): Promise<readonly string[]> =>
    [...(await findRoles(session, [roles.group, ...roles.logins])).values()]
      .filter(
        ({ name, purpose }) => purpose === (name === roles.group ? PURPOSE.group(service) : PURPOSE.login(service)),
      )
      .map(({ name }) => name)
      .sort((a, b) => Number(a === roles.group) - Number(b === roles.group) || (a < b ? -1 : 1));
  const closed = await inTransaction(session, async () => {
    const names = await ours();
    const found = await findRoles(session, names);
    return runAll(
      session,
      names.flatMap((name) => [
        ...(found.get(name)?.canLogin ? [`ALTER ROLE ${escapeIdentifier(name)} NOLOGIN`] : []),
        ...(found.get(name)?.memberOf ?? []).map(
          (group) => `REVOKE ${escapeIdentifier(group)} FROM ${escapeIdentifier(name)}`,
        ),
      ]),
    );
  });
  await endSessions(
    session,
    (await ours()).filter((name) => name !== roles.group),
  );
  const dropped = await inTransaction(session, async () => {
    const names = await ours();
    const list = names.map(escapeIdentifier).join(', ');
    if (names.length === 0) return [];
    return runAll(session, [
      `REASSIGN OWNED BY ${list} TO ${escapeIdentifier(OWNER)}`,
      `DROP OWNED BY ${list}`, // what is left after that are rights, not things
      ...names.map((name) => `DROP ROLE ${escapeIdentifier(name)}`),
    ]);
  });
  return [...closed, ...dropped];
};

const endSessions = async (session: Session, logins: readonly string[]): Promise<void> => {
  for (let waited = 0; waited <= LONGEST_GOODBYE_MS; waited += PAUSE_MS) {
    const open = await session.rows(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ANY($1::text[])',
      [logins],
    );
    if (open.length === 0) return;
    await sleep(PAUSE_MS);
  }
  throw new Refusal(`sessions of ${logins.join(' and ')} do not end`);
};

const LONGEST_GOODBYE_MS = 10_000;
const PAUSE_MS = 50;
