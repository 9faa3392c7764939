import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../cli/user-error';
import { Terraform } from '../cli/terraform';
import { PlanJson } from './differences';
import { runTerraform } from './processes';
import { Staged } from './stage';

/** What Terraform tells while it works: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly type: string;
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly hook?: { readonly action?: string };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
  };
}

/** How many resources were made, changed and removed, and which. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly addresses: readonly string[];
}

/** Told as work goes on: how many steps a plan has, and each step that is done. */
export interface Listener {
  readonly planned: (steps: number) => void;
  readonly done: () => void;
}

const SILENT: Listener = { planned: () => undefined, done: () => undefined };

/** Once for each folder and its settings. */
export const init = async (
  terraform: Terraform,
  { folder, settings, lock }: Pick<Staged, 'folder' | 'settings' | 'lock'>,
): Promise<void> => {
  const done = join(folder, '.terraform', 'initialized-for');
  if (existsSync(done) && readFileSync(done, 'utf8') === settings) return;
  if (existsSync(lock)) copyFileSync(lock, join(folder, '.terraform.lock.hcl'));
  const { code, stdout, stderr } = await runTerraform(terraform, folder, ['init', '-no-color', '-reconfigure']);
  if (code !== 0) throw new UserError(`terraform init: ${stderr.trim() || stdout.trim()}`);
  // A stack of outputs alone needs no provider, and gets no folder of its own for them.
  mkdirSync(dirname(done), { recursive: true });
  writeFileSync(done, settings);
};

/** The emulator answers at once: what takes time is how long the provider waits before it asks, for many at a time. */
const CHANGES = ['-json', '-auto-approve', '-lock=false', '-parallelism=30'];

export const apply = (
  terraform: Terraform,
  folder: string,
  listener = SILENT,
  more: readonly string[] = [],
): Promise<Counts> => changed(terraform, folder, ['apply', ...CHANGES, ...more], listener);

export const destroy = (
  terraform: Terraform,
  folder: string,
  listener = SILENT,
  more: readonly string[] = [],
): Promise<Counts> => changed(terraform, folder, ['destroy', '-refresh=false', ...CHANGES, ...more], listener);

/** Forgets resources without touching them. */
export const letGo = async (terraform: Terraform, folder: string, addresses: readonly string[]): Promise<void> => {
  if (addresses.length === 0) return;
  const { code, stderr } = await runTerraform(terraform, folder, ['state', 'rm', '-lock=false', ...addresses]);
  if (code !== 0) throw new UserError(`terraform state rm: ${stderr.trim()}`);
};

const changed = async (
  terraform: Terraform,
  folder: string,
  args: readonly string[],
  listener: Listener,
): Promise<Counts> => {
  const problems: string[] = [];
  const addresses: string[] = [];
  let summary = { add: 0, change: 0, remove: 0 };
  const { code, stderr } = await runTerraform(terraform, folder, args, (line) => {
    const { type, change, changes, diagnostic, hook } = messageIn(line);
    if (type === 'change_summary' && changes) {
      summary = { add: changes.add, change: changes.change, remove: changes.remove };
      listener.planned(changes.add + changes.change + changes.remove);
    }
    if (type === 'apply_complete' && hook?.action !== 'read') listener.done();
    if (type === 'planned_change' && change && change.action !== 'read') addresses.push(change.resource.addr);
    if (diagnostic?.severity === 'error') problems.push(said(diagnostic));
  });
  if (code !== 0) throw new UserError(problems.join('\n') || stderr.trim());
  return { ...summary, addresses };
};

const messageIn = (line: string): Message => (line.startsWith('{') ? (JSON.parse(line) as Message) : { type: '' });

const said = ({ summary, detail, address }: NonNullable<Message['diagnostic']>): string =>
  `${address ? `${address}: ` : ''}${summary}${detail ? `: ${detail}` : ''}`;

/** What Terraform would do now, having asked the emulator about everything. */
export const planned = async (terraform: Terraform, folder: string): Promise<PlanJson> => {
  const args = ['plan', ...LOOK, '-detailed-exitcode', '-out=second.plan'];
  const { code, stderr } = await runTerraform(terraform, folder, args);
  if (code === NO_CHANGES) return {};
  if (code !== CHANGES_AHEAD) throw new UserError(`terraform plan: ${stderr.trim()}`);
  const shown = await runTerraform(terraform, folder, ['show', '-json', 'second.plan']);
  return JSON.parse(shown.stdout) as PlanJson;
};

// https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
const NO_CHANGES = 0;
const CHANGES_AHEAD = 2;

const LOOK = ['-no-color', '-lock=false', '-parallelism=30'];

/** Checks a stack against the states of its producers; nothing is made. */
export const checked = async (terraform: Terraform, folder: string): Promise<void> => {
  const { code, stderr } = await runTerraform(terraform, folder, ['plan', ...LOOK, '-refresh=false']);
  if (code !== 0) throw new UserError(stderr.trim());
};
