import { existsSync } from 'node:fs';
import { Terraform } from '../cli/terraform';
import { UserError } from '../cli/user-error';
import { DemoStack, isInCluster } from './app';
import { Judged, differencesOf, judged } from './differences';
import { gapsThat } from './gaps';
import { Ordered, inOrder, reversed } from './order';
import { lookPastGaps } from './overrides';
import { stateOf } from './place';
import { endAll } from './processes';
import { Progress } from './progress';
import { relayTo } from './relay';
import { Staged, Staging, staged } from './stage';
import { resourcesIn } from './states';
import { Counts, Listener, apply, checked, destroy, init, letGo, planned } from './terraform';

/** What every walk over the stacks needs. */
export interface Rollout {
  readonly staging: Staging;
  readonly terraform: Terraform;
  readonly port: number;
  /** Shows one walk over so many stacks. */
  readonly progress: (total: number) => Progress;
}

/** A provider takes a core while it plans and nothing while it waits: more at a time than there are cores. */
export const AT_ONCE = 4;

export interface Made {
  readonly stack: string;
  readonly counts: Counts;
  readonly staged: Staged;
  /** Not made, because there is no cluster: checked as far as Terraform can. */
  readonly checkedOnly: boolean;
  /** What a plan shows of it, where one was made after its last change. */
  readonly verdict?: Judged;
}

/**
 * Makes every stack, or changes those whose plan shows more than known gaps; each after those that it needs. While
 * others are still made, one is planned again (`lookAgain`) as soon as all that read it are there.
 */
export const applyAll = async (
  rollout: Rollout,
  { lookAgain = false }: { readonly lookAgain?: boolean } = {},
): Promise<readonly Made[]> => {
  const { stacks } = rollout.staging.app;
  const made = new Map<string, Made>();
  const turn = oneAtATime();
  const making = (stack: DemoStack): Work => ({
    name: stack.name,
    needs: stack.needs,
    run: async (terraform, progress) => {
      const began = Date.now();
      const one = await make(rollout, terraform, stack, progress.begin(stack.name), turn);
      made.set(stack.name, one);
      progress.end(stack.name);
      const took = Math.round((Date.now() - began) / 1000);
      progress.say(`✓ ${stack.name} (${made.size} of ${stacks.length}): ${told(one)}, ${took} s`);
    },
  });
  const looking = ({ name }: DemoStack): Work => ({
    name: `${name} again`,
    needs: [name, ...stacks.filter(({ needs }) => needs.includes(name)).map((reader) => reader.name)],
    run: async (terraform, progress) => {
      const one = made.get(name);
      if (!one || !isToPlan(one)) return;
      progress.begin(`${name} again`);
      made.set(name, { ...one, verdict: await verdictOn(rollout, terraform, one) });
      progress.end(`${name} again`, false);
    },
  });
  // What is still to be made goes first.
  const works = [...stacks.map(making), ...(lookAgain ? stacks.map(looking) : [])];
  await walk(rollout, stacks.length, (terraform, progress) =>
    inOrder(works, AT_ONCE, ({ run }) => run(terraform, progress)),
  );
  return [...made.values()];
};

interface Work extends Ordered {
  readonly run: (terraform: Terraform, progress: Progress) => Promise<void>;
}

const make = async (
  rollout: Rollout,
  terraform: Terraform,
  stack: DemoStack,
  listener: Listener,
  turn: Turn,
): Promise<Made> => {
  const { gaps, context } = rollout.staging;
  const copy = staged(stack, rollout.staging);
  const one = { stack: stack.name, staged: copy, checkedOnly: isInCluster(stack) && context === undefined };
  await turn(() => named(stack.name, init(terraform, copy)));
  if (one.checkedOnly) {
    await named(stack.name, checked(terraform, copy.folder));
    return { ...one, counts: NONE };
  }
  const verdict = isMade(rollout, one) ? await verdictOn(rollout, terraform, one) : undefined;
  if (verdict?.unexplained.length === 0) return { ...one, counts: NONE, verdict };
  lookPastGaps(copy, gaps, true);
  return { ...one, counts: await named(stack.name, apply(terraform, copy.folder, listener)) };
};

/** Whether nobody knows yet what a plan would show of it now. */
export const isToPlan = ({ checkedOnly, verdict, staged: { json } }: Made): boolean =>
  !checkedOnly && verdict === undefined && json.resource !== undefined;

const isMade = ({ staging }: Rollout, { stack }: Pick<Made, 'stack'>): boolean => {
  const file = stateOf(staging.place, stack);
  return existsSync(file) && resourcesIn(file).length > 0;
};

/** Everything that Terraform would do to a stack now, judged by the table. */
export const verdictOn = async (
  { staging }: Rollout,
  terraform: Terraform,
  { stack, staged: copy }: Pick<Made, 'stack' | 'staged'>,
): Promise<Judged> => {
  lookPastGaps(copy, staging.gaps, false);
  return judged(differencesOf(await named(stack, planned(terraform, copy.folder))), staging.gaps);
};

const NONE: Counts = { add: 0, change: 0, remove: 0, addresses: [] };

const told = ({ checkedOnly, counts: { add, change, remove }, staged: { json } }: Made): string =>
  (checkedOnly && 'checked') ||
  [
    [add, 'made'],
    [change, 'changed'],
    [remove, 'removed'],
  ]
    .filter(([count]) => count !== 0)
    .map((words) => words.join(' '))
    .join(', ') ||
  (json.resource ? 'nothing to do' : 'outputs only');

/** Removes everything, consumers first. What is guarded refuses it. */
export const destroyAll = async (rollout: Rollout, made: readonly Made[]): Promise<void> => {
  const { staging } = rollout;
  const real = new Map(made.filter(({ checkedOnly }) => !checkedOnly).map((one) => [one.stack, one]));
  await walk(rollout, real.size, (terraform, progress) =>
    inOrder(reversed(staging.app.stacks), AT_ONCE, async ({ name }) => {
      const one = real.get(name);
      if (!one) return;
      const listener = progress.begin(name);
      lookPastGaps(one.staged, staging.gaps, true);
      await named(name, letGo(terraform, one.staged.folder, undestroyed(staging, name)));
      const { remove } = await named(name, destroy(terraform, one.staged.folder, listener));
      progress.end(name);
      progress.say(`✓ ${name}: ${remove} removed`);
    }),
  );
};

/** What the emulator refuses to destroy: it goes when the emulator ends. */
const undestroyed = ({ place, gaps }: Staging, stack: string): readonly string[] => {
  const types = gapsThat(gaps, 'not destroyed').map(({ type }) => type);
  return resourcesIn(stateOf(place, stack)).flatMap(({ type, address }) => (types.includes(type) ? [address] : []));
};

/** One walk over stacks, shown while it goes on. */
export const walk = async (
  rollout: Rollout,
  total: number,
  work: (terraform: Terraform, progress: Progress) => Promise<void>,
): Promise<void> => {
  const progress = rollout.progress(total);
  try {
    await onTheEmulator(rollout, (terraform) => work(terraform, progress));
  } finally {
    progress.stop();
  }
};

/** Settings of the user's own AWS account, or of what Terraform does elsewhere. */
const FOREIGN = /^(AWS_|TF_CLI_ARGS|TF_DATA_DIR$|TF_WORKSPACE$)/;

/** Terraform with its way to the emulator. */
export const onTheEmulator = async <R>(
  { terraform, port }: Rollout,
  work: (terraform: Terraform) => Promise<R>,
): Promise<R> => {
  const relay = await relayTo(port);
  const own = Object.entries(terraform.environment).filter(([name]) => !FOREIGN.test(name));
  try {
    return await work({
      ...terraform,
      environment: {
        ...Object.fromEntries(own),
        // A quarter less work for the processor: Terraform and its providers live too short to tidy up much.
        GOGC: '800',
        GOMEMLIMIT: '1GiB',
        AWS_ENDPOINT_URL: relay.endpoint,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
    });
  } catch (error) {
    await endAll();
    throw error;
  } finally {
    relay.close();
  }
};

/** Two that download into one cache at a time spoil it (hashicorp/terraform-cdk#2741). */
const oneAtATime = (): Turn => {
  let last: Promise<unknown> = Promise.resolve();
  return <R>(work: () => Promise<R>): Promise<R> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};

type Turn = <R>(work: () => Promise<R>) => Promise<R>;

const named = async <R>(stack: string, work: Promise<R>): Promise<R> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${stack}: ${error.message}`);
    throw error;
  }
};
