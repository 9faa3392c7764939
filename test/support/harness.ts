import { App } from 'cdktf';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePlatforms } from '../../model';
import { compose } from '../../stacks/compose';
import type { StackJson } from '../../cli/stack-json';

/** Every stack of an app, by name, as `cdktf deploy` would read it; without the framework's own notes. */
export type Stacks = Readonly<Record<string, StackJson>>;

/** Synthesizes for real, into a folder of its own: cross-stack references show only there. */
export const synth = (...platforms: readonly unknown[]): Stacks => {
  const outdir = mkdtempSync(join(tmpdir(), 'groundplan-'));
  try {
    const app = new App({ outdir });
    for (const platform of resolvePlatforms(platforms)) compose(app, platform);
    app.synth();
    return readStacks(join(outdir, 'stacks'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

export const readStacks = (folder: string): Stacks =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((stack) => [stack, withoutNotes(JSON.parse(readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8')))]),
  );

/** `//` holds construct paths and the framework's version: neither is anything that Terraform does. */
const withoutNotes = (value: unknown): any => {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, withoutNotes(inner)]),
  );
};

/** The stacks that differ, appear or disappear between two apps. */
export const differences = (before: Stacks, after: Stacks): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((stack) => JSON.stringify(before[stack]) !== JSON.stringify(after[stack]))
    .sort();

/** Every resource of a stack with its address. */
export const resourcesOf = (
  stack: StackJson | undefined,
): readonly { readonly type: string; readonly name: string; readonly values: any }[] =>
  Object.entries(stack?.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]) => ({ type, name, values })),
  );
