import { readdirSync, rmSync } from 'node:fs';
import { UserError } from '../cli/user-error';
import { local } from '../platforms/local';
import { DemoApp, isInCluster, synthesized } from './app';
import { Cluster, leaveCluster } from './cluster';
import { Emulator, remembers, startEmulator, stopEmulator } from './emulator';
import { GAPS } from './gaps';
import { Own, guarded } from './guard';
import { Missing } from './install';
import { DEMO, Place, placeIn } from './place';
import { Ready, findPrerequisites } from './prerequisites';
import { isRunning } from './processes';
import { progressOf } from './progress';
import { readRecord } from './record';
import { tellEnd, tellGaps } from './report';
import { Rollout, applyAll } from './rollout';
import { failures, planAgain } from './second-plan';

export interface Options {
  readonly port?: number;
  readonly context?: string;
}

/** Not the port that emulators of AWS usually take: one of those may well be running. */
const PORT = 4577;

/** `npm run demo`: from a declaration to everything made, and a second plan that has nothing to do. */
export const up = async (options: Options): Promise<number> => {
  const began = Date.now();
  const place = placeIn(DEMO);
  const record = readRecord(place);
  if (record?.maker !== undefined && isRunning(record.maker, 'demo'))
    throw new UserError(`process ${record.maker} is making the demo already; wait for it, or run 'npm run demo:down'`);

  const app = synthesized(local, place.app);
  console.log(`synthesized ${app.stacks.length} stacks of platform '${local.name}' into ${DEMO}`);
  const cluster = options.context === undefined ? undefined : clusterOf(app, options.context);
  return guarded(place, cluster, async (own) => {
    const ready = await prerequisites(app, place, options);
    if ('missing' in ready) {
      console.error(['missing, so nothing is applied:', ...ready.missing.map((one) => `  - ${one}`)].join('\n'));
      return 3;
    }
    const emulator = await runningEmulator(place, app, ready.python, options, own);
    const rollout: Rollout = {
      staging: {
        app,
        place,
        gaps: GAPS,
        awsSource: ready.awsSource,
        available: (provider) => provider === 'aws' || ready.providers.has(provider),
        ...(options.context !== undefined && { context: options.context }),
      },
      terraform: ready.terraform,
      port: emulator.port,
      progress: (total) => progressOf(total, began),
    };
    const made = await applyAll(rollout, { lookAgain: true });
    const second = await planAgain(rollout, made);
    const unexplained = failures(second);
    tellGaps(app, made, second);
    if (unexplained.length > 0)
      throw new UserError(
        `a second plan would do what no row of demo/gaps.ts explains:\n${unexplained.map((one) => `  ${one}`).join('\n')}`,
      );
    own.finished();
    await tellEnd({ app, place, made, emulator, began });
    return 0;
  });
};

const clusterOf = ({ stacks }: DemoApp, context: string): Cluster => ({
  context,
  stacks: stacks.filter(isInCluster).map(({ name }) => name),
});

const prerequisites = (app: DemoApp, place: Place, { context }: Options): Promise<Ready | Missing> => {
  const needed = context === undefined ? [] : app.stacks.filter(isInCluster).flatMap(({ providers }) => providers);
  return findPrerequisites(place, [...new Set(needed)], (line) => console.log(line));
};

/** The emulator of a finished demo, if it still knows what was made; otherwise everything starts over. */
const runningEmulator = async (
  place: Place,
  { account, region, stacks }: DemoApp,
  python: string,
  { port, context }: Options,
  own: Own,
): Promise<Emulator> => {
  const record = readRecord(place);
  const isWhole = record?.finished === true && record.cluster?.context === context && holdsNothingElse(place, stacks);
  if (record?.emulator && isWhole && (await remembers(record.emulator))) {
    if (port !== undefined && port !== record.emulator.port)
      throw new UserError(
        `the demo runs on port ${record.emulator.port} already; 'npm run demo:down' first, to move it`,
      );
    own.started(record.emulator);
    console.log(`the emulator of the last demo still runs on port ${record.emulator.port}: only changes are applied`);
    return record.emulator;
  }
  if (record) console.log('the last demo was broken off, has lost its emulator, or held other stacks: starting over');
  if (record?.cluster) await leaveCluster(place, record.cluster);
  if (record?.emulator) await stopEmulator(record.emulator);
  for (const folder of [place.stacks, place.states, place.emulator]) rmSync(folder, { recursive: true, force: true });
  console.log(`starting the emulator on 127.0.0.1:${port ?? PORT}`);
  const emulator = await startEmulator({ python, port: port ?? PORT, account, region, place, onStart: own.started });
  own.started(emulator);
  return emulator;
};

/** A stack that is no longer declared would stay behind: nobody would ever destroy it. */
const holdsNothingElse = (place: Place, stacks: DemoApp['stacks']): boolean =>
  readdirSync(place.states)
    .map((file) => file.replace(/\.tfstate(\.backup)?$/, ''))
    .every((name) => stacks.some((stack) => stack.name === name));
