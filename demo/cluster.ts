import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../cli/terraform';
import { StackJson } from '../cli/stack-json';
import { readFileSync } from 'node:fs';
import { Place, stateOf } from './place';
import { resourcesIn } from './states';
import { destroy } from './terraform';

/**
 * Destroys what was applied to a cluster of the user's: the one thing that does not end with the emulator. Workloads go
 * before the namespaces that they are in, so the stacks go in the opposite order of their states' reads.
 */
export const leaveCluster = async (place: Place, context: string): Promise<void> => {
  const folders = existsSync(place.stacks) ? readdirSync(place.stacks) : [];
  const inCluster = folders.filter((stack) => {
    const file = join(place.stacks, stack, 'cdk.tf.json');
    if (!existsSync(file) || resourcesIn(stateOf(place, stack)).length === 0) return false;
    const providers = (JSON.parse(readFileSync(file, 'utf8')) as StackJson).provider ?? {};
    return 'kubernetes' in providers || 'helm' in providers;
  });
  const terraform = findTerraform(place.terraform);
  // Those that only make namespaces and what belongs to them come last.
  const last = (stack: string): boolean =>
    resourcesIn(stateOf(place, stack)).some(({ type }) => /namespace/.test(type));
  for (const stack of [...inCluster.filter((one) => !last(one)), ...inCluster.filter(last)]) {
    console.log(`destroying ${stack} in the cluster of context ${context}`);
    await destroy(terraform, join(place.stacks, stack));
  }
};
