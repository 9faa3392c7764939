import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../cli/terraform';
import { Place, stateOf } from './place';
import { resourcesIn } from './states';
import { destroy } from './terraform';

/** A cluster of the user's, and the stacks that go into it, in the order in which they are made. */
export interface Cluster {
  readonly context: string;
  readonly stacks: readonly string[];
}

/** Destroys what was applied to it: the one thing that does not end with the emulator. */
export const leaveCluster = async (place: Place, { context, stacks }: Cluster): Promise<void> => {
  const terraform = findTerraform(place.terraform);
  for (const stack of [...stacks].reverse()) {
    const folder = join(place.stacks, stack);
    if (!existsSync(folder) || resourcesIn(stateOf(place, stack)).length === 0) continue;
    console.log(`destroying ${stack} in the cluster of context ${context}`);
    await destroy(terraform, folder);
  }
};
