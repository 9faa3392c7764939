import { join, resolve } from 'node:path';

/** Everything that a demo writes lies below one folder, so that `down` can leave nothing. */
export interface Place {
  readonly folder: string;
  /** The synthesized app. */
  readonly app: string;
  /** Copies of its stacks, as Terraform runs them. */
  readonly stacks: string;
  readonly states: string;
  /** Terraform's settings, its downloads, and the lock file of providers: what is installed stays. */
  readonly terraform: string;
  readonly emulator: string;
  readonly log: string;
  /** What runs, for the next command to find. */
  readonly record: string;
}

/** Where the demo of this checkout is. */
export const DEMO = join('.build', 'demo');

export const placeIn = (name: string): Place => {
  const folder = resolve(name);
  return {
    folder,
    app: join(folder, 'app'),
    stacks: join(folder, 'stacks'),
    states: join(folder, 'state'),
    terraform: resolve('.tools', 'terraform'),
    emulator: join(folder, 'emulator'),
    log: join(folder, 'emulator.log'),
    record: join(folder, 'running.json'),
  };
};

export const stateOf = ({ states }: Place, stack: string): string => join(states, `${stack}.tfstate`);
