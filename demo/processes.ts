import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Outcome, Terraform } from '../cli/terraform';

/** Programs that this one has started and that have not ended: none may outlive it, but for a finished demo's emulator. */
const running = new Set<ChildProcess>();

export class Interrupted extends Error {}

/**
 * Runs a program to its end and hands over each line as it comes. In a process group of its own: a Ctrl-C at the
 * terminal is for the demo, which ends its children in order, and their own children with them.
 */
export const runProgram = (
  program: string,
  args: readonly string[],
  { folder, environment, onLine }: How = {},
): Promise<Outcome> =>
  new Promise((done, fail) => {
    const child = spawn(program, [...args], {
      ...(folder !== undefined && { cwd: folder }),
      ...(environment && { env: environment }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    const lines: string[] = [];
    const errors: Buffer[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      onLine?.(line);
    });
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', (error) => {
      running.delete(child);
      fail(error);
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (signal) fail(new Interrupted(`${program} was ended by ${signal}`));
      else done({ code: code ?? 1, stdout: lines.join('\n'), stderr: Buffer.concat(errors).toString() });
    });
  });

interface How {
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

export const runTerraform = (
  { binary, environment }: Terraform,
  folder: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<Outcome> => runProgram(binary, args, { folder, environment, onLine });

/**
 * Ends all that runs, and what it has started. Terraform is asked first: it stops waiting and writes its state, which
 * matters where something was made outside the emulator.
 */
export const endAll = async (): Promise<void> => {
  for (const child of running) child.kill('SIGINT');
  for (const end = Date.now() + ENDS_WITHIN; Date.now() < end && running.size > 0;) await wait(50);
  for (const { pid } of running) if (pid !== undefined) endGroup(pid, 'SIGKILL');
};

const ENDS_WITHIN = 8_000;

export const endGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
};

/** Whether a process of an earlier command is still there, and still what it was: ids are used again. */
export const isRunning = (pid: number, program: string): boolean => commandOf(pid).includes(program);

const commandOf = (pid: number): string => {
  if (!existsSync('/proc/self/cmdline'))
    return spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout ?? '';
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : '';
};

export const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
