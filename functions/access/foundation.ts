import { Session } from './database';
import { OWNER, PURPOSE, READERS, WRITERS, joining, findRoles, makingRole, runAll } from './roles';

/** What tables and sequences give to whom. The owner's rights follow from owning, and from being a writer too. */
const RIGHTS = [
  { kind: 'TABLE', role: READERS, rights: ['SELECT'] },
  { kind: 'TABLE', role: WRITERS, rights: ['INSERT', 'UPDATE', 'DELETE'] },
  { kind: 'SEQUENCE', role: READERS, rights: ['SELECT'] },
  { kind: 'SEQUENCE', role: WRITERS, rights: ['USAGE'] },
] as const;

/**
 * The three roles and their rights on the database and its schema `public`; for what is made from now on, too. Says only
 * what is not so yet, so that nothing is written where nothing changes. Returns what it did.
 */
export const layFoundation = async (session: Session): Promise<readonly string[]> => [
  ...(await sharedRoles(session)),
  ...(await runAll(session, await closing(session))),
  ...(await runAll(session, await opening(session))),
  ...(await runAll(session, await promising(session))),
];

const sharedRoles = async (session: Session): Promise<readonly string[]> => {
  const made: string[] = [];
  for (const name of [READERS, WRITERS, OWNER])
    made.push(...(await runAll(session, await makingRole(session, name, PURPOSE.shared, 'NOLOGIN'))));
  const roles = await findRoles(session, [WRITERS, OWNER]);
  return [
    ...made,
    ...(await runAll(session, [
      ...joining(roles.get(WRITERS), WRITERS, READERS),
      ...joining(roles.get(OWNER), OWNER, WRITERS),
    ])),
  ];
};

/**
 * Takes from everybody what PostgreSQL gives to everybody: connecting, and before version 15 making tables. Also to the
 * databases that every server has besides, where a service has no business, as far as they are the master's.
 */
const closing = async (session: Session): Promise<readonly string[]> => {
  const open = await session.rows<{ readonly statement: string }>(
    `SELECT format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', d.datname) AS statement
     FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
     WHERE d.datname IN (current_database(), 'postgres', 'template1') AND pg_has_role(d.datdba, 'USAGE')
       AND a.grantee = 0 AND a.privilege_type = 'CONNECT'
     UNION ALL
     SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
     FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
     WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type = 'CREATE'`,
  );
  return open.map(({ statement }) => statement);
};

const opening = async (session: Session): Promise<readonly string[]> => {
  const closed = await session.rows<{ readonly statement: string }>(
    `SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), $1::text) AS statement
     WHERE NOT has_database_privilege($1::text, current_database(), 'CONNECT')
     UNION ALL
     SELECT format('GRANT USAGE ON SCHEMA public TO %I', $1::text)
     FROM pg_namespace n
     WHERE n.nspname = 'public' AND NOT EXISTS (
       SELECT FROM aclexplode(n.nspacl) a WHERE a.grantee = $1::regrole AND a.privilege_type = 'USAGE')
     UNION ALL
     SELECT format('GRANT CREATE ON SCHEMA public TO %I', $2::text)
     WHERE NOT has_schema_privilege($2::text, 'public', 'CREATE')`,
    [READERS, OWNER],
  );
  return closed.map(({ statement }) => statement);
};

/** Rights on what will be made: by the owner, and by the master, whom people use to restore and to repair. */
const promising = async (session: Session): Promise<readonly string[]> => {
  const missing = await session.rows<{ readonly statement: string }>(
    `SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT %s ON %sS TO %I',
       creator, string_agg(w.privilege, ', ' ORDER BY w.privilege), w.kind, w.grantee) AS statement
     FROM unnest(ARRAY[$1::text, current_user::text]) AS creator, ${wanted()}
     WHERE NOT EXISTS (
       SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
       WHERE d.defaclrole = (SELECT oid FROM pg_roles WHERE rolname = creator)
         AND d.defaclnamespace = 'public'::regnamespace
         AND d.defaclobjtype = CASE w.kind WHEN 'TABLE' THEN 'r' ELSE 'S' END
         AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = w.grantee) AND a.privilege_type = w.privilege)
     GROUP BY creator, w.kind, w.grantee ORDER BY 1`,
    [OWNER],
  );
  return missing.map(({ statement }) => statement);
};

/**
 * Rights on what is there already: made before this function first came, or handed over to the owner since. What belongs
 * to others, such as an extension's views, is theirs to give.
 */
export const openObjects = async (session: Session): Promise<readonly string[]> => {
  const missing = await session.rows<{ readonly statement: string }>(
    `SELECT format('GRANT %s ON %s public.%I TO %I',
       string_agg(w.privilege, ', ' ORDER BY w.privilege), w.kind, c.relname, w.grantee) AS statement
     FROM pg_class c JOIN ${wanted()} ON w.kind = CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
       AND pg_has_role(c.relowner, 'USAGE')
       AND NOT CASE c.relkind WHEN 'S' THEN has_sequence_privilege(w.grantee, c.oid, w.privilege)
                              ELSE has_table_privilege(w.grantee, c.oid, w.privilege) END
     GROUP BY c.relname, w.kind, w.grantee ORDER BY 1`,
  );
  return runAll(
    session,
    missing.map(({ statement }) => statement),
  );
};

const wanted = (): string =>
  `(VALUES ${RIGHTS.flatMap(({ kind, role, rights }) =>
    rights.map((right) => `('${kind}', '${role}', '${right}')`),
  ).join(', ')}) AS w (kind, grantee, privilege)`;
