import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Terraform } from '../../cli/terraform';
import { UserError } from '../../cli/user-error';
import type { Gap } from '../../demo/gaps';
import type { Place } from '../../demo/place';
import { Staging, staged } from '../../demo/stage';
import { apply, init } from '../../demo/terraform';

export const aFreePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/**
 * Tries one resource that a row takes away or cuts short, on copies of its stack and of the states: undefined where the
 * emulator took it, and what it said where it did not.
 */
export const refusalOf = async (terraform: Terraform, staging: Staging, gap: Gap): Promise<string | undefined> => {
  const { app, place, gaps } = staging;
  const stack = app.stacks.find(({ json }) => json.resource?.[gap.type]);
  const resource = Object.entries(stack?.json.resource?.[gap.type] ?? {}).find(
    ([, values]) => gap.is !== 'not taken' || gap.argument in values,
  );
  if (!stack || !resource) return undefined;
  const folder = join(place.folder, `try-${gap.type}`);
  const aside: Place = { ...place, stacks: join(folder, 'stacks'), states: join(folder, 'state') };
  cpSync(place.states, aside.states, { recursive: true });
  const copy = staged(stack, { ...staging, place: aside, gaps: gaps.filter((one) => one !== gap) });
  const address = `${gap.type}.${resource[0]}`;
  const only = [`-target=${address}`, ...(gap.is === 'not taken' ? [`-replace=${address}`] : [])];
  try {
    await init(terraform, copy.folder);
    await apply(terraform, copy.folder, undefined, only);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};

/** What an emulator wrote down at its end, and a fresh one did not know. */
export const leftIn = (dump: string, fresh: string): readonly string[] => {
  const known = new Set(leaves(fresh));
  return leaves(dump).filter((leaf) => !known.has(leaf));
};

const leaves = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((file) => paths(JSON.parse(readFileSync(join(folder, file), 'utf8')), file));

const paths = (value: unknown, path: string): readonly string[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path} ${key.replaceAll('\0', ' ')}`));
