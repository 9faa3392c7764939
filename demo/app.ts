import { App } from 'cdktf';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StackJson } from '../cli/stack-json';
import { PlatformDeclaration, resolvePlatforms } from '../model';
import { contractsOf } from '../model/producers';
import { RefTable } from '../model/refs';
import { compose } from '../stacks/compose';

/** A synthesized stack, and what has to be there before it. */
export interface DemoStack {
  readonly name: string;
  /** The folder that it was synthesized into. */
  readonly source: string;
  readonly json: StackJson;
  readonly providers: readonly string[];
  readonly needs: readonly string[];
}

export interface DemoApp {
  /** In an order in which they can be made. */
  readonly stacks: readonly DemoStack[];
  readonly contracts: ReadonlyMap<string, RefTable>;
  readonly account: string;
  readonly region: string;
}

/** Synthesizes one platform into a folder of its own; `cdktf.out` stays as it is. */
export const synthesized = (platform: PlatformDeclaration, folder: string): DemoApp => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const resolved = resolvePlatforms([platform]);
  const app = new App({ outdir: folder });
  for (const one of resolved) compose(app, one);
  app.synth();
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const stacks = Object.entries(manifest.stacks).map(([name, { dependencies, workingDirectory }]): DemoStack => {
    const source = join(folder, workingDirectory);
    const json = JSON.parse(readFileSync(join(source, 'cdk.tf.json'), 'utf8')) as StackJson;
    return {
      name,
      source,
      json,
      providers: Object.keys(json.terraform.required_providers ?? {}),
      needs: [...new Set([...dependencies, ...producersOf(json)])],
    };
  });
  return {
    stacks: sorted(stacks),
    contracts: new Map(resolved.flatMap((one) => [...contractsOf(one)])),
    account: platform.account,
    region: platform.region,
  };
};

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly dependencies: readonly string[]; readonly workingDirectory: string }>
  >;
}

/** The names of the stacks whose states a stack reads. A product depends on its platform in no other way. */
export const producersOf = (json: StackJson): readonly string[] =>
  Object.values(json.data?.terraform_remote_state ?? {}).map(producerOf);

export const producerOf = (read: Readonly<Record<string, unknown>>): string =>
  ((read.config as { readonly key?: string } | undefined)?.key ?? '').replace(/\.tfstate$/, '');

const sorted = (stacks: readonly DemoStack[]): readonly DemoStack[] => {
  const done: DemoStack[] = [];
  const visit = (stack: DemoStack): void => {
    if (done.includes(stack)) return;
    for (const needed of stack.needs) {
      const producer = stacks.find(({ name }) => name === needed);
      if (producer) visit(producer);
    }
    done.push(stack);
  };
  stacks.forEach(visit);
  return done;
};

/** Resources in a cluster, which the emulator is not. */
export const isInCluster = ({ providers }: DemoStack): boolean =>
  providers.some((provider) => provider === 'kubernetes' || provider === 'helm');
