import { readEvent } from './event';
import { Log, wordsOf } from './log';
import { reconcile } from './reconcile';
import { rotate } from './rotation';
import { SecretsApi } from './secrets';
import { Settings } from './settings';

export interface Surroundings {
  readonly settings: Settings;
  readonly api: SecretsApi;
  readonly log: Log;
}

/** Does what an event asks for, and says so. Whatever fails is thrown again as nothing but words: runtimes print errors whole. */
export const access = async (said: unknown, surroundings: Surroundings): Promise<void> => {
  const hidden: string[] = [];
  try {
    const event = readEvent(said);
    if ('reconcile' in event) return await reconcile(surroundings);
    hidden.push(event.token);
    await rotate(event, surroundings);
  } catch (error) {
    const because = wordsOf(error, hidden);
    surroundings.log({ level: 'error', did: 'failed', because });
    throw new Error(because);
  }
};
