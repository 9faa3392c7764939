import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { UserError } from '../cli/user-error';
import { Place } from './place';
import { endGroup, isRunning, wait } from './processes';

/** An emulator that answers, or did when it was written down. */
export interface Emulator {
  readonly pid: number;
  readonly port: number;
  /** A bucket that is made when it starts: an emulator that has forgotten it has forgotten everything. */
  readonly mark: string;
}

export interface Start {
  /** The Python of the environment that the emulator is installed in. */
  readonly python: string;
  readonly port: number;
  readonly account: string;
  readonly region: string;
  readonly place: Place;
  /** Told at once, so that whoever breaks off the start knows what to end. */
  readonly onStart?: (started: { readonly pid: number; readonly port: number }) => void;
  /** Settings for those who want to look into it. */
  readonly environment?: Readonly<Record<string, string>>;
}

const MODULE = 'ministack';

export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts it on loopback, in a process group of its own, and waits until it answers. */
export const startEmulator = async ({
  python,
  port,
  account,
  region,
  place,
  onStart,
  environment,
}: Start): Promise<Emulator> => {
  if (await listens(port))
    throw new UserError(
      `port ${port} on 127.0.0.1 is in use by another program; end it, or take another port: npm run demo -- --port ${port + 1}`,
    );
  mkdirSync(place.emulator, { recursive: true });
  const log = openSync(place.log, 'w');
  const child = spawn(python, ['-m', MODULE], {
    cwd: place.emulator,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: place.emulator,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: `${port}`,
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      LOG_LEVEL: 'WARNING',
      // With Docker it would start databases of its own: nothing here needs one, and containers would stay behind.
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      // Ports that nothing here speaks to.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      ...environment,
    },
    stdio: ['ignore', log, log],
    detached: true,
  });
  child.unref();
  const failed = new Promise<string>((done) => {
    child.on('error', ({ message }) => done(message));
    child.on('exit', (code) => done(`it ended with ${code}`));
  });
  const { pid } = child;
  if (pid !== undefined) onStart?.({ pid, port });
  const why = await Promise.race([failed, pid === undefined ? failed : answersWithin(port, STARTS_WITHIN)]);
  if (pid === undefined || why !== undefined) {
    if (pid !== undefined) endGroup(pid, 'SIGKILL');
    throw new UserError(`the emulator did not start: ${why}\n${lastLines(place.log)}`);
  }
  const emulator = { pid, port, mark: `groundplan-demo-${Date.now().toString(36)}-${pid}` };
  await fetch(`${endpointOf(port)}/${emulator.mark}`, { method: 'PUT' });
  return emulator;
};

const STARTS_WITHIN = 60_000;

/** Undefined when it answers. */
const answersWithin = async (port: number, milliseconds: number): Promise<string | undefined> => {
  for (const end = Date.now() + milliseconds; Date.now() < end; await wait(100))
    if (await fetch(`${endpointOf(port)}/_ministack/health`).then(({ ok }) => ok, nothing)) return undefined;
  return `no answer within ${milliseconds / 1000} s`;
};

const nothing = (): false => false;

const listens = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => () => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });

const lastLines = (log: string): string => readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');

/** Whether it still runs and still knows what was made in it. */
export const remembers = async ({ pid, port, mark }: Emulator): Promise<boolean> =>
  isRunning(pid, MODULE) &&
  (await fetch(`${endpointOf(port)}/${mark}`, { method: 'HEAD' }).then(({ ok }) => ok, nothing));

/** Ends it and whatever it has started, politely first. */
export const stopEmulator = async ({ pid }: Pick<Emulator, 'pid'>): Promise<void> => {
  if (!isRunning(pid, MODULE)) return;
  endGroup(pid, 'SIGTERM');
  for (const end = Date.now() + ENDS_WITHIN; Date.now() < end && isRunning(pid, MODULE);) await wait(100);
  endGroup(pid, 'SIGKILL');
};

const ENDS_WITHIN = 5_000;
