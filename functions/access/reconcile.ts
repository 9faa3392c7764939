import { consumerOf, secretNameOf } from './consumer';
import { Session, asMaster, inTransaction } from './database';
import { layFoundation, openObjects } from './foundation';
import { Log, wordsOf } from './log';
import { roleNames } from './names';
import { Refusal } from './refusal';
import { servicesWithRoles } from './roles';
import { SecretsApi, describe, listNames } from './secrets';
import { putRight, remove } from './service-roles';
import { Settings } from './settings';

interface Surroundings {
  readonly api: SecretsApi;
  readonly settings: Settings;
  readonly log: Log;
}

/**
 * Makes the database agree with the secrets: rights by verb for every service that has a secret, nothing at all for one
 * that has none any more. One service that cannot be put right does not keep the others from it.
 */
export const reconcile = async ({ api, settings, log }: Surroundings): Promise<void> => {
  // Before anything is touched: a list that fails ends it here.
  const listed = await listNames(api, settings);
  const failed = await asMaster(api, settings, async (session) => {
    const statements = await inTransaction(session, async () => [
      ...(await layFoundation(session)),
      ...(await openObjects(session)),
    ]);
    if (statements.length > 0) log({ level: 'info', did: 'put the rights of the database right', statements });
    const services = await servicesWithRoles(session);
    const waiting = listed.filter((name) => !services.some((service) => secretNameOf(settings, service) === name));
    for (const name of waiting) log({ level: 'info', did: `nothing yet: ${name} waits for its first rotation` });
    const failures: string[] = [];
    for (const service of services)
      try {
        await agree(session, service, { api, settings, log });
      } catch (error) {
        log({ level: 'error', did: 'nothing: left as it is', service, because: wordsOf(error) });
        failures.push(service);
      }
    return failures;
  });
  if (failed.length > 0) throw new Refusal(`not put right: ${failed.join(', ')}`);
  log({ level: 'info', did: 'reconciled' });
};

/**
 * A service goes only on good evidence, because a list says little: it lags behind. Each secret is asked for by name, in
 * the place where the master's own was found a moment ago; it must be planned for deletion, or be gone. Whatever else is
 * answered leaves the service as it is.
 */
const agree = async (session: Session, service: string, { api, settings, log }: Surroundings): Promise<void> => {
  const name = secretNameOf(settings, service);
  const secret = await describe(api, name);
  if (secret && !secret.deleted) {
    const consumer = consumerOf(secret, settings);
    const statements = await putRight(session, consumer);
    if (statements.length > 0) log({ level: 'info', did: `put right: ${consumer.verb}`, service, statements });
    return;
  }
  const statements = await remove(session, service, roleNames(service));
  log({ level: 'info', did: 'took the service away', service, statements });
};
