import { existsSync } from 'node:fs';
import { Terraform } from '../cli/terraform';
import { UserError } from '../cli/user-error';
import { isInCluster } from './app';
import { Judged, differencesOf, judged } from './differences';
import { endpointOf } from './emulator';
import { inOrder, reversed } from './order';
import { lookPastGaps } from './overrides';
import { stateOf } from './place';
import { endAll } from './processes';
import { Progress } from './progress';
import { wayToRoute53 } from './route53';
import { Staged, Staging, staged } from './stage';
import { resourcesIn } from './states';
import { Counts, apply, checked, destroy, init, planned } from './terraform';

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
  /** What its plan showed, where that made a change unnecessary. */
  readonly verdict?: Judged;
}

/** Makes every stack, or changes those whose plan shows more than known gaps; each after those that it needs. */
export const applyAll = async (rollout: Rollout): Promise<readonly Made[]> => {
  const { staging } = rollout;
  const { stacks } = staging.app;
  const made: Made[] = [];
  await walk(rollout, stacks.length, async (terraform, progress) => {
    const turn = oneAtATime();
    await inOrder(stacks, AT_ONCE, async (stack) => {
      const began = Date.now();
      const listener = progress.begin(stack.name);
      const copy = staged(stack, staging);
      await turn(() => named(stack.name, init(terraform, copy.folder)));
      const checkedOnly = isInCluster(stack) && staging.context === undefined;
      const one = { stack: stack.name, staged: copy, checkedOnly };
      if (checkedOnly) await named(stack.name, checked(terraform, copy.folder));
      const verdict = checkedOnly || !isMade(rollout, one) ? undefined : await verdictOn(rollout, terraform, one);
      const isSettled = checkedOnly || verdict?.unexplained.length === 0;
      if (!isSettled) lookPastGaps(copy, staging.gaps, true);
      const counts = isSettled ? NONE : await named(stack.name, apply(terraform, copy.folder, listener));
      made.push({ ...one, counts, ...(isSettled && verdict && { verdict }) });
      progress.end(stack.name);
      progress.say(
        `✓ ${stack.name} (${made.length} of ${stacks.length}): ${checkedOnly ? 'checked' : told(counts, copy)}, ${Math.round((Date.now() - began) / 1000)} s`,
      );
    });
  });
  return made;
};

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

const told = ({ add, change, remove }: Counts, { json }: Staged): string =>
  [
    [add, 'made'],
    [change, 'changed'],
    [remove, 'removed'],
  ]
    .filter(([count]) => count !== 0)
    .map((words) => words.join(' '))
    .join(', ') || (json.resource ? 'nothing to do' : 'outputs only');

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
      const { remove } = await named(name, destroy(terraform, one.staged.folder, listener));
      progress.end(name);
      progress.say(`✓ ${name}: ${remove} removed`);
    }),
  );
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
  const route53 = await wayToRoute53(port);
  const own = Object.entries(terraform.environment).filter(([name]) => !FOREIGN.test(name));
  try {
    return await work({
      ...terraform,
      environment: {
        ...Object.fromEntries(own),
        // Two fifths less work for the processor: Terraform and its providers live too short to tidy up.
        GOGC: '300',
        AWS_ENDPOINT_URL: endpointOf(port),
        AWS_ENDPOINT_URL_ROUTE_53: route53.endpoint,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
    });
  } catch (error) {
    await endAll();
    throw error;
  } finally {
    route53.close();
  }
};

/** Two that download into one cache at a time spoil it (hashicorp/terraform-cdk#2741). */
const oneAtATime = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <R>(work: () => Promise<R>): Promise<R> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};

const named = async <R>(stack: string, work: Promise<R>): Promise<R> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${stack}: ${error.message}`);
    throw error;
  }
};
