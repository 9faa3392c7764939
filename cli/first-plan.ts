import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contractsOf } from '../model/producers';
import { resolvePlatforms } from '../model';
import { platforms } from '../platforms';
import { Staged, stage } from './stage';
import { Terraform, findTerraform, run } from './terraform';
import { UserError } from './user-error';

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
export const firstPlan = async (args: readonly string[]): Promise<number> => {
  if (!args.includes('--first')) throw new UserError("only a first rollout is planned here; for one that exists use 'npx cdktf diff STACK'");
  const wanted = args.filter((arg) => !arg.startsWith('-'));
  const source = join('cdktf.out', 'stacks');
  if (!existsSync(source)) throw new UserError("nothing is synthesized yet; run 'npx cdktf synth' first");

  let failed = 0;
  for await (const planned of planAll(source, join('.build', 'first-plan'), wanted)) {
    console.log(described(planned));
    if (planned.problem !== undefined || (planned.others?.length ?? 0) > 0) failed++;
  }
  return failed === 0 ? 0 : 1;
};

/** Plans the stacks of a synthesized app one after the other, in the order of their names. */
export async function* planAll(source: string, workFolder: string, wanted: readonly string[] = []): AsyncGenerator<Planned> {
  const terraform = findTerraform(workFolder);
  const contracts = new Map(resolvePlatforms(platforms).flatMap((platform) => [...contractsOf(platform)]));
  const stacks = readdirSync(source).sort().filter((stack) => contracts.size > 0 && (wanted.length === 0 || wanted.includes(stack)));
  const unknown = wanted.filter((stack) => !stacks.includes(stack));
  if (unknown.length > 0) throw new UserError(`no stack is called ${unknown.join(', ')}; there are ${readdirSync(source).sort().join(', ')}`);
  // With a mirror, what it lacks is not looked for elsewhere: the answer would depend on the network.
  const available = (provider: string): boolean => terraform.mirrored.size === 0 || terraform.mirrored.has(provider);
  for (const stack of stacks) yield plan(terraform, stage(stack, join(source, stack), workFolder, contracts, available));
}

const plan = async (terraform: Terraform, { stack, folder, shimmed }: Staged): Promise<Planned> => {
  const steps = [['init', '-no-color', '-reconfigure'], ['validate', '-no-color'], ['plan', '-no-color', '-refresh=false', '-lock=false', '-out=first.plan']] as const;
  for (const step of steps) {
    const { code, stdout, stderr } = await run(terraform, folder, step);
    if (code !== 0) return { stack, shimmed, problem: `${step[0]}: ${stderr.trim() || stdout.trim()}` };
  }
  const { stdout } = await run(terraform, folder, ['show', '-json', 'first.plan']);
  const changes = (JSON.parse(stdout) as { resource_changes?: { address: string; change: { actions: string[] } }[] }).resource_changes ?? [];
  const managed = changes.filter(({ change }) => change.actions.join() !== 'read');
  return {
    stack,
    shimmed,
    creates: managed.filter(({ change }) => change.actions.join() === 'create').length,
    others: managed.filter(({ change }) => change.actions.join() !== 'create').map(({ address, change }) => `${address}: ${change.actions.join(', ')}`),
  };
};

const described = ({ stack, shimmed, problem, creates, others = [] }: Planned): string => {
  const note = shimmed.length > 0 ? ` (no provider binary for ${shimmed.join(', ')}: references checked, attributes not)` : '';
  if (problem !== undefined) return `✗ ${stack}${note}\n${problem.replace(/^/gm, '    ')}`;
  return `${others.length === 0 ? '✓' : '✗'} ${stack}: ${creates} to create${note}${others.map((other) => `\n    ${other}`).join('')}`;
};
