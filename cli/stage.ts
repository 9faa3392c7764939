import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefTable } from '../model/refs';
import { withoutProviders } from './shim';
import { StackJson } from './stack-json';
import { UserError } from './user-error';

export interface Staged {
  readonly stack: string;
  readonly folder: string;
  /** Providers whose resources are checked as references only, because no binary of them is to be had. */
  readonly shimmed: readonly string[];
}

/**
 * Copies one synthesized stack aside and makes it plannable before anything exists: local state, stand-ins for what
 * other stacks would publish, keys that open nothing. `cdktf.out` itself is left as it is.
 */
export const stage = (
  stack: string,
  source: string,
  workFolder: string,
  contracts: ReadonlyMap<string, RefTable>,
  available: (provider: string) => boolean,
): Staged => {
  const folder = join(workFolder, stack);
  rmSync(join(folder, 'cdk.tf.json'), { force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(source, folder, { recursive: true });
  const text = readFileSync(join(source, 'cdk.tf.json'), 'utf8');
  const json = JSON.parse(text) as StackJson;
  checkReads(stack, json, text, contracts);

  const providers = Object.keys(json.terraform.required_providers ?? {});
  const shimmed = providers.filter((provider) => !available(provider));
  if (shimmed.length > 0) writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(withoutProviders(json, shimmed)));

  const states = Object.entries(json.data?.terraform_remote_state ?? {});
  for (const [, read] of states) writeStandIns(join(workFolder, 'stand-ins'), producerOf(read), contracts);
  writeFileSync(
    join(folder, 'stand_ins_override.tf.json'),
    JSON.stringify({
      terraform: { backend: { local: { path: 'first-plan.tfstate' } } },
      ...(states.length > 0 && {
        data: {
          terraform_remote_state: Object.fromEntries(
            states.map(([name, read]) => [
              name,
              { backend: 'local', config: { path: `../stand-ins/${producerOf(read)}.tfstate` } },
            ]),
          ),
        },
      }),
      ...(providers.includes('aws') && available('aws') && { provider: { aws: [OFFLINE_AWS] } }),
    }),
  );
  return { stack, folder, shimmed };
};

const OFFLINE_AWS = {
  access_key: 'standin',
  secret_key: 'standin',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
  allowed_account_ids: [],
};

const producerOf = (read: Readonly<Record<string, unknown>>): string => {
  const key = (read.config as { readonly key?: string } | undefined)?.key ?? '';
  return key.replace(/\.tfstate$/, '');
};

/** An output that no producer publishes is a mistake of ours, not something to guess a value for. */
const checkReads = (stack: string, json: StackJson, text: string, contracts: ReadonlyMap<string, RefTable>): void => {
  for (const [, name = '', output = ''] of text.matchAll(
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
  )) {
    const producer = producerOf(json.data?.terraform_remote_state?.[name] ?? {});
    if (!contracts.get(producer)?.[output])
      throw new UserError(`${stack} reads '${output}' of ${producer || name}, which publishes no such output`);
  }
};

const writeStandIns = (folder: string, producer: string, contracts: ReadonlyMap<string, RefTable>): void => {
  const contract = contracts.get(producer);
  if (!contract) throw new UserError(`no stack publishes anything as ${producer}`);
  mkdirSync(folder, { recursive: true });
  const outputs = Object.entries(contract).map(([name, { standIn }]) => [
    name,
    typeof standIn === 'string'
      ? { value: standIn, type: 'string' }
      : { value: standIn, type: ['tuple', standIn.map(() => 'string')] },
  ]);
  writeFileSync(
    join(folder, `${producer}.tfstate`),
    JSON.stringify({
      version: 4,
      terraform_version: '1.10.0',
      serial: 1,
      lineage: lineage(producer),
      outputs: Object.fromEntries(outputs),
      resources: [],
      check_results: null,
    }),
  );
};

/** A state's lineage is any UUID; this one is the same each time. */
const lineage = (producer: string): string =>
  createHash('sha256')
    .update(producer)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
