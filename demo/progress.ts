import { Listener } from './terraform';

/** What somebody sees while several stacks are worked on at a time. */
export interface Progress {
  readonly begin: (stack: string) => Listener;
  /** One line that stays. */
  readonly say: (line: string) => void;
  /** What ends and is no stack made (it was only looked at again) does not count. */
  readonly end: (stack: string, counts?: boolean) => void;
  readonly stop: () => void;
}

interface Task {
  steps: number;
  done: number;
}

/**
 * On a terminal one line is rewritten every second; elsewhere a line is printed now and then, so that a log shows what
 * goes on and stays readable.
 */
export const progressOf = (total: number, began: number, out: NodeJS.WriteStream = process.stdout): Progress => {
  const tasks = new Map<string, Task>();
  let ended = 0;
  const now = (): string =>
    [...tasks].map(([stack, { steps, done }]) => `${stack} ${steps > 0 ? `${done}/${steps}` : '…'}`).join(', ');
  const status = (): string => `[${seconds(began)}] ${ended} of ${total} stacks; ${now()}`;
  const clear = (): void => void (out.isTTY && out.write('\r\x1b[2K'));
  const show = (): void => {
    if (tasks.size === 0) return;
    if (out.isTTY) out.write(`\r\x1b[2K${status().slice(0, (out.columns ?? 80) - 1)}`);
    else out.write(`${status()}\n`);
  };
  const timer = setInterval(show, out.isTTY ? 1_000 : 20_000);
  return {
    begin: (stack) => {
      const task: Task = { steps: 0, done: 0 };
      tasks.set(stack, task);
      return { planned: (steps) => void (task.steps = steps), done: () => void task.done++ };
    },
    say: (line) => {
      clear();
      out.write(`[${seconds(began)}] ${line}\n`);
    },
    end: (stack, counts = true) => {
      tasks.delete(stack);
      if (counts) ended++;
    },
    stop: () => {
      clearInterval(timer);
      clear();
    },
  };
};

const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`.padStart(5);

export const SILENCE: Progress = {
  begin: () => ({ planned: () => undefined, done: () => undefined }),
  say: () => undefined,
  end: () => undefined,
  stop: () => undefined,
};
