import { join } from 'node:path';
import { resolvePlatforms } from '../model';
import { contractsOf } from '../model/producers';
import { RefTable } from '../model/refs';
import { platforms } from '../platforms';
import { Arguments } from './arguments';
import { Staged, stage } from './stage';
import { OUTPUT, chosen, synthesizedStacks } from './synthesized';
import { Terraform, findTerraform, run } from './terraform';
import { UserError } from './user-error';

export interface FirstPlan {
  /** Names of synthesized stacks, each with its folder. */
  readonly stacks: readonly (readonly [name: string, folder: string])[];
  /** Everything that is written lies below it. */
  readonly workFolder: string;
  /** What every stack of the app publishes. */
  readonly contracts: ReadonlyMap<string, RefTable>;
}

export interface Planned {
  readonly stack: string;
  readonly shimmed: readonly string[];
  readonly problem?: string;
  /** How many resources would be made, when a plan was possible. */
  readonly creates?: number;
  /** Everything that is not a creation: nothing exists yet, so there must be none. */
  readonly others?: readonly string[];
}

/** `groundplan plan --first`: validates and plans every stack, before anything exists and without an account. */
export const firstPlan = async ({ flags, names }: Arguments): Promise<number> => {
  if (!flags.has('--first'))
    throw new UserError("only a first rollout is planned here; for one that exists use 'npx cdktf diff STACK'");
  const stacks = chosen(synthesizedStacks(OUTPUT), names);
  const contracts = new Map(resolvePlatforms(platforms).flatMap((platform) => [...contractsOf(platform)]));
  let failed = 0;
  for await (const planned of planAll({ stacks, workFolder: join('.build', 'first-plan'), contracts })) {
    console.log(described(planned));
    if (planned.problem !== undefined || (planned.others?.length ?? 0) > 0) failed++;
  }
  return failed === 0 ? 0 : 1;
};

/** Plans the stacks of a synthesized app, a few at a time; reports in the order that they are given in. */
export async function* planAll({ stacks, workFolder, contracts }: FirstPlan): AsyncGenerator<Planned> {
  const terraform = findTerraform(workFolder);
  // With a mirror, what it lacks is not looked for elsewhere: the answer would depend on the network.
  const available = (provider: string): boolean => terraform.mirrored.size === 0 || terraform.mirrored.has(provider);
  const staged = stacks.map(([stack, folder]) => stage(stack, folder, workFolder, contracts, available));

  // Two that download into one cache at a time spoil it (hashicorp/terraform-cdk#2741); a mirror is only read.
  const turns = { init: atMost(terraform.mirrored.size > 0 ? AT_ONCE : 1), plan: atMost(AT_ONCE) };
  for (const planned of staged.map((one) => plan(terraform, one, turns))) yield await planned;
}

/** A provider process takes a core and half a gigabyte. */
const AT_ONCE = 2;

type Turn = <R>(work: () => Promise<R>) => Promise<R>;

const atMost = (limit: number): Turn => {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
};

/** `plan` begins with all that `validate` does, and `-json` says the result as well: the provider is started once. */
const plan = async (
  terraform: Terraform,
  { stack, folder, shimmed }: Staged,
  turns: { readonly init: Turn; readonly plan: Turn },
): Promise<Planned> => {
  const init = await turns.init(() => run(terraform, folder, ['init', '-no-color', '-reconfigure']));
  if (init.code !== 0) return { stack, shimmed, problem: `init: ${init.stderr.trim() || init.stdout.trim()}` };
  const { code, stdout, stderr } = await turns.plan(() =>
    run(terraform, folder, ['plan', '-json', '-refresh=false', '-lock=false']),
  );
  const messages = stdout.split('\n').flatMap(readMessage);
  if (code !== 0) return { stack, shimmed, problem: messages.flatMap(problemOf).join('\n') || stderr.trim() };

  const changes = messages.flatMap(({ type, change }) =>
    type === 'planned_change' && change && change.action !== 'read' ? [change] : [],
  );
  return {
    stack,
    shimmed,
    creates: changes.filter(({ action }) => action === 'create').length,
    others: changes
      .filter(({ action }) => action !== 'create')
      .map(({ action, resource }) => `${resource.addr}: ${action}`),
  };
};

/** https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly address?: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
    readonly snippet?: { readonly context?: string | null; readonly code: string };
  };
}

const readMessage = (line: string): readonly Message[] => (line.startsWith('{') ? [JSON.parse(line) as Message] : []);

const problemOf = ({ diagnostic }: Message): readonly string[] => {
  if (diagnostic?.severity !== 'error') return [];
  const { summary, detail, address, range, snippet } = diagnostic;
  const where = [range && `${range.filename}:${range.start.line}`, address ?? snippet?.context, snippet?.code.trim()]
    .filter(Boolean)
    .join(', ');
  return [`${summary}${where ? ` (${where})` : ''}: ${detail}`];
};

const described = ({ stack, shimmed, problem, creates, others = [] }: Planned): string => {
  const note =
    shimmed.length > 0 ? ` (no provider binary for ${shimmed.join(', ')}: references checked, attributes not)` : '';
  if (problem !== undefined) return `✗ ${stack}${note}\n${problem.replace(/^/gm, '    ')}`;
  return `${others.length === 0 ? '✓' : '✗'} ${stack}: ${creates} to create${note}${others.map((other) => `\n    ${other}`).join('')}`;
};
