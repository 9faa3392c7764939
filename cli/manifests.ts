import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePlatforms } from '../model';
import { contractsOf } from '../model/producers';
import { RefTable } from '../model/refs';
import { platforms } from '../platforms';
import { Arguments } from './arguments';
import { KINDS, KindRow, NOT_KUBERNETES, WORDS } from './manifest-words';
import { Json, withoutReferences } from './references';
import { StackJson } from './stack-json';
import { OUTPUT, chosen, synthesizedStacks } from './synthesized';
import { UserError } from './user-error';
import { yaml } from './yaml';

/** An object as Kubernetes takes it, and the resource that it comes from. */
export interface Manifest {
  readonly address: string;
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly [field: string]: Json };
}

/** `groundplan manifests`: what stacks put into the cluster, as people who know Kubernetes write it. */
export const manifests = async ({ names }: Arguments): Promise<number> => {
  const stacks = chosen(synthesizedStacks(OUTPUT), names);
  const contracts = new Map(resolvePlatforms(platforms).flatMap((platform) => [...contractsOf(platform)]));
  for (const [stack, folder] of stacks) {
    const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
    for (const { address, object } of manifestsOf(json, contracts))
      console.log(`---\n# ${stack}: ${address}\n${yaml(object).trimEnd()}`);
    for (const [name, release] of Object.entries(json.resource?.helm_release ?? {}))
      console.log(
        `---\n# ${stack}: helm_release.${name}\n# ${rendering(folder, withoutReferences(release, json, contracts))}`,
      );
  }
  return 0;
};

/** Every Kubernetes object that a stack declares as a resource of its own; charts are Helm's to render. */
export const manifestsOf = (stack: StackJson, contracts: ReadonlyMap<string, RefTable>): readonly Manifest[] =>
  Object.entries(stack.resource ?? {})
    .filter(([type]) => type.startsWith('kubernetes_'))
    .flatMap(([type, byName]) => {
      const row = KINDS[type];
      if (!row)
        throw new UserError(
          `'${type}' is not among the kinds that can be written as a manifest; add its row to cli/manifest-words.ts`,
        );
      return Object.entries(byName).map(([name, values]): Manifest => {
        const own = Object.fromEntries(Object.entries(values).filter(([word]) => !NOT_KUBERNETES.has(word)));
        return {
          address: `${type}.${name}`,
          object: {
            apiVersion: row.apiVersion,
            kind: row.kind,
            ...fields(withoutReferences(own, stack, contracts), row),
          },
        };
      });
    });

const fields = (block: Json, row: KindRow): { readonly [field: string]: Json } =>
  Object.fromEntries(Object.entries(block ?? {}).map(([word, value]: [string, Json]) => field(word, value, row)));

const field = (terraform: string, value: Json, row: KindRow): readonly [name: string, value: Json] => {
  const { name = camelCased(terraform), many, as } = row.words?.[terraform] ?? WORDS[terraform] ?? {};
  if (as === 'map' && isBlock(value)) return [name, value];
  if (Array.isArray(value)) {
    const items: readonly Json[] = value.map((item: Json) => (isBlock(item) ? fields(item, row) : item));
    if (many !== undefined) return [many, items];
    const [only, ...others] = items;
    return [name, as === 'one' && only !== undefined && others.length === 0 ? only : items];
  }
  if (isBlock(value)) return [name, fields(value, row)];
  return [name, typeof value === 'string' ? parsed(value, as) : value];
};

const parsed = (text: string, as: 'map' | 'one' | 'number' | 'octal' | undefined): Json => {
  if (as === 'number' && /^\d+$/.test(text)) return Number(text);
  return as === 'octal' && /^[0-7]+$/.test(text) ? parseInt(text, 8) : text;
};

const isBlock = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const camelCased = (word: string): string =>
  word.replace(/_([a-z0-9])/g, (_text, letter: string) => letter.toUpperCase());

const rendering = (folder: string, release: Json): string => {
  const { name, namespace, chart, repository, version, values } = release as {
    readonly name: string;
    readonly namespace: string;
    readonly chart: string;
    readonly repository?: string;
    readonly version?: string;
    readonly values: readonly string[];
  };
  // Ours travel with the stack; those of others are fetched.
  const which = repository ? `${chart} --repo ${repository} --version ${version}` : join(folder, chart);
  return `a chart: helm template ${name} ${which} --namespace ${namespace} --values - <<< '${values.join('')}'`;
};
