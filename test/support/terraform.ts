import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terraform, findTerraform } from '../../cli/terraform';
import { UserError } from '../../cli/user-error';
import { AWS_CONSTRAINT } from '../../model/versions';

/** Terraform and the AWS provider as this machine has them. */
export interface RealTerraform {
  readonly terraform: Terraform;
  /** Everything that a test lets Terraform write lies below it. */
  readonly folder: string;
  readonly awsSchemas: () => AwsSchemas;
  readonly remove: () => void;
}

/** What the provider says of each resource type: the one witness that is not us. */
export type AwsSchemas = Readonly<Record<string, { readonly block: SchemaBlock }>>;
export interface SchemaBlock {
  readonly attributes?: Readonly<
    Record<
      string,
      { readonly sensitive?: boolean; readonly nested_type?: { readonly attributes: SchemaBlock['attributes'] } }
    >
  >;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

/** Found as `npx groundplan plan --first` finds them; nothing where Terraform or the provider is not to be had. */
export const realTerraform = (): RealTerraform | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-terraform-'));
  const remove = (): void => rmSync(folder, { recursive: true });
  const terraform = found(folder);
  if (terraform) {
    writeFileSync(
      join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: { aws: { source: 'aws', version: AWS_CONSTRAINT } } } }),
    );
    const call = (...args: readonly string[]) =>
      spawnSync(terraform.binary, [...args], {
        cwd: folder,
        env: terraform.environment,
        encoding: 'utf8',
        maxBuffer: LARGEST_SCHEMA,
      });
    if (call('init', '-no-color').status === 0)
      return { terraform, folder, remove, awsSchemas: () => schemasIn(call('providers', 'schema', '-json').stdout) };
  }
  remove();
  return undefined;
};

const found = (folder: string): Terraform | undefined => {
  try {
    return findTerraform(folder);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
};

/** 14 MB for 5.100.0, and they grow. */
const LARGEST_SCHEMA = 64 * 1024 * 1024;

const schemasIn = (json: string): AwsSchemas => {
  const { provider_schemas: providers } = JSON.parse(json) as {
    provider_schemas: Readonly<Record<string, { readonly resource_schemas: AwsSchemas }>>;
  };
  const aws = Object.entries(providers).find(([address]) => address.endsWith('/hashicorp/aws'));
  if (!aws) throw new Error(`the schema is of ${Object.keys(providers).join(', ')}, and not of aws`);
  return aws[1].resource_schemas;
};

/** Paths of all that a block marks as sensitive, nested blocks included: `default_action.authenticate_oidc.client_secret`. */
export const sensitivePaths = ({ attributes = {}, block_types: blocks = {} }: SchemaBlock): readonly string[] => [
  ...Object.entries(attributes).flatMap(([name, { sensitive, nested_type: nested }]) => [
    ...(sensitive ? [name] : []),
    ...(nested ? below(name, nested) : []),
  ]),
  ...Object.entries(blocks).flatMap(([name, { block }]) => below(name, block)),
];

const below = (name: string, block: SchemaBlock): readonly string[] =>
  sensitivePaths(block).map((path) => `${name}.${path}`);

/** Paths of all that a resource sets; a list of blocks is one place. */
export const pathsSet = (values: unknown): readonly string[] => {
  if (Array.isArray(values)) return [...new Set(values.flatMap(pathsSet))];
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]) => [name, ...pathsSet(value).map((path) => `${name}.${path}`)]);
};
