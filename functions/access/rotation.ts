import { Consumer, consumerOf } from './consumer';
import { asMaster, withSession } from './database';
import { RotationEvent, Step } from './event';
import { Login, loginSecret, readLogin, readLoginSecret } from './login-secret';
import { Log } from './log';
import { newPassword } from './password';
import { Refusal } from './refusal';
import { OWNER, READERS, WRITERS } from './roles';
import { scramVerifier } from './scram';
import { SecretFacts, SecretsApi, describe, makeCurrent, putPending, valueOf } from './secrets';
import { putRight } from './service-roles';
import { Settings } from './settings';

/** What every step of a rotation works with. */
interface Rotation {
  readonly api: SecretsApi;
  readonly settings: Settings;
  readonly log: Log;
  readonly secret: SecretFacts;
  readonly token: string;
  readonly consumer: Consumer;
}

/**
 * One step of a rotation. Each may be repeated, and a rotation that stopped anywhere goes on when its steps come again
 * with the same token: Secrets Manager does so by itself.
 */
export const rotate = async (
  { step, secretId, token }: RotationEvent,
  { api, settings, log }: Pick<Rotation, 'api' | 'settings' | 'log'>,
): Promise<void> => {
  const secret = await describe(api, secretId);
  if (!secret) throw new Refusal('there is no such secret');
  const consumer = consumerOf(secret, settings);
  const stages = secret.stages[token];
  if (!secret.rotates) throw new Refusal(`secret ${secret.name}: its rotation is not switched on`);
  if (!stages) throw new Refusal(`secret ${secret.name}: no rotation with this token was begun`);
  if (stages.includes('AWSCURRENT'))
    return log({ level: 'info', did: 'nothing: this version is current already', service: consumer.service, step });
  if (!stages.includes('AWSPENDING'))
    throw new Refusal(`secret ${secret.name}: the version of this token is not pending`);
  await DO[step]({
    api,
    settings,
    secret,
    token,
    consumer,
    log: (entry) => log({ service: consumer.service, step, ...entry }),
  });
};

/** Chooses the login that is not current, and a new password for it. */
const createSecret = async ({ api, settings, log, secret, token, consumer }: Rotation): Promise<void> => {
  if ((await valueOf(api, secret.id, 'AWSPENDING', token)) !== undefined)
    return log({ level: 'info', did: 'nothing: the pending version has its login already' });
  const [first, second] = consumer.roles.logins;
  const username = (await currentLogin(api, secret))?.username === first ? second : first;
  await putPending(api, secret.id, token, loginSecret(settings, { username, password: newPassword() }));
  log({ level: 'info', did: `chose ${username} for the next version` });
};

/** Makes that login, or gives it the new password; and while there, the rights that the verb wants today. */
const setSecret = async (rotation: Rotation): Promise<void> => {
  const { api, settings, log, secret, consumer } = rotation;
  const pending = await pendingLogin(rotation);
  // The clients of the current version are at work with the other login: theirs must not change under their hands.
  if ((await currentLogin(api, secret))?.username === pending.username)
    throw new Refusal(`secret ${secret.name}: the pending version changes the login in use; abandon this rotation`);
  const verifier = await scramVerifier(pending.password);
  const statements = await asMaster(api, settings, (session) =>
    putRight(session, consumer, { login: pending.username, verifier }),
  );
  log({ level: 'info', did: `set the password of ${pending.username}`, statements });
};

/** Logs in with it, and looks whether it may do what its verb says, and no more. */
const testSecret = async (rotation: Rotation): Promise<void> => {
  const { settings, log, consumer } = rotation;
  const pending = await pendingLogin(rotation);
  const is = await withSession(settings, pending, async (session) => {
    const [answer] = await session.rows<Readonly<Record<keyof typeof EXPECTED.read | 'becomes', unknown>>>(
      `SELECT pg_has_role(session_user, $1::text, 'MEMBER') AS reads, pg_has_role(session_user, $2::text, 'MEMBER') AS writes,
         pg_has_role(session_user, $3::text, 'MEMBER') AS owns, has_schema_privilege(session_user, 'public', 'CREATE') AS creates,
         current_user::text AS becomes`,
      [READERS, WRITERS, OWNER],
    );
    return answer;
  });
  const becomes = consumer.verb === 'own' ? OWNER : pending.username;
  const wrong = Object.entries({ ...EXPECTED[consumer.verb], becomes }).filter(
    ([right, expected]) => is?.[right as keyof typeof is] !== expected, // the keys are those of EXPECTED
  );
  if (wrong.length > 0)
    throw new Refusal(
      `${pending.username} has not the rights of ${consumer.verb}: ${wrong.map(([right, expected]) => `${right} should be ${expected}`).join(', ')}`,
    );
  log({ level: 'info', did: `logged in as ${pending.username}, with the rights of ${consumer.verb}` });
};

const EXPECTED = {
  read: { reads: true, writes: false, owns: false, creates: false },
  write: { reads: true, writes: true, owns: false, creates: false },
  own: { reads: true, writes: true, owns: true, creates: true },
} as const satisfies Record<Consumer['verb'], object>;

/** From here on, clients are given the new login. The one before stays as it is until the next rotation. */
const finishSecret = async (rotation: Rotation): Promise<void> => {
  const { username } = await pendingLogin(rotation);
  await makeCurrent(rotation.api, rotation.secret, rotation.token);
  rotation.log({ level: 'info', did: `${username} is current` });
};

const DO = { createSecret, setSecret, testSecret, finishSecret } as const satisfies Record<
  Step,
  (rotation: Rotation) => Promise<void>
>;

/** The login of this rotation's version; only ever one of the service's own two. */
const pendingLogin = async ({ api, settings, secret, token, consumer }: Rotation): Promise<Login> => {
  const value = await valueOf(api, secret.id, 'AWSPENDING', token);
  if (value === undefined) throw new Refusal(`secret ${secret.name}: the pending version has no login yet`);
  const login = readLoginSecret(value, settings);
  if (!consumer.roles.logins.includes(login.username))
    throw new Refusal(`secret ${secret.name}: the pending version is the login of somebody else`);
  return login;
};

const currentLogin = async (api: SecretsApi, { id }: SecretFacts): Promise<Login | undefined> => {
  const value = await valueOf(api, id, 'AWSCURRENT');
  return value === undefined ? undefined : readLogin(value);
};
