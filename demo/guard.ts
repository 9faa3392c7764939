import { UserError } from '../cli/user-error';
import { Cluster } from './cluster';
import { Emulator, remembers, stopEmulator } from './emulator';
import { Place } from './place';
import { endAll } from './processes';
import { removeRecord, writeRecord } from './record';

/** How work tells what it has started, for this run to end and the next one to find. */
export interface Own {
  readonly started: (emulator: Pick<Emulator, 'pid' | 'port'> & Partial<Emulator>) => void;
  readonly finished: () => void;
}

/** Whatever breaks off the work, by itself or by a signal, leaves nothing running; what is finished goes on. */
export const guarded = async (
  place: Place,
  cluster: Cluster | undefined,
  work: (own: Own) => Promise<number>,
): Promise<number> => {
  let emulator: Emulator | undefined;
  let signalled = false;
  const write = (finished: boolean): void =>
    writeRecord(place, {
      ...(!finished && { maker: process.pid }),
      ...(emulator && { emulator }),
      ...(cluster && { cluster }),
      finished,
    });
  const end = async (): Promise<void> => {
    await endAll();
    if (!emulator) return;
    await stopEmulator(emulator);
    // What is in a cluster is still there: the next command finds it by the record.
    if (cluster) writeRecord(place, { cluster, finished: false });
    else removeRecord(place);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signalled) return;
    signalled = true;
    console.error(`\ndemo: ${signal}: ending all that runs; the next run starts over`);
    void end().then(() => process.exit(INTERRUPTED));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work({
      started: (one) => {
        emulator = { mark: '', ...one };
        write(false);
      },
      finished: () => write(true),
    });
  } catch (error) {
    // After a signal everything fails, and the signal's own end is under way.
    if (signalled) return new Promise(() => undefined);
    const forgot = emulator !== undefined && !(await remembers(emulator));
    await end();
    throw forgot ? new UserError(`the emulator has ended; run it again, it starts over\n${String(error)}`) : error;
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  }
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;
