import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Terraform, findTerraform } from '../cli/terraform';
import { UserError } from '../cli/user-error';
import { Missing, emulatorPython } from './install';
import { Place } from './place';
import { runTerraform } from './processes';
import { AWS_VERSION } from './stage';

/** Programs of others, found or installed. */
export interface Ready {
  readonly terraform: Terraform;
  /** Where the AWS provider comes from, in Terraform's words. */
  readonly awsSource: string;
  /** Providers besides AWS that can be had. */
  readonly providers: ReadonlySet<string>;
  /** The Python that has the emulator. */
  readonly python: string;
}

export const findPrerequisites = async (
  place: Place,
  inCluster: readonly string[],
  say: (line: string) => void,
): Promise<Ready | Missing> => {
  const [terraform, python] = await Promise.all([terraformWith(place, inCluster, say), emulatorPython(say)]);
  const missing = [terraform, python].flatMap((one) => ('missing' in one ? one.missing : []));
  if ('missing' in terraform || 'missing' in python) return { missing };
  return { ...terraform, ...python };
};

/** Of those, what is asked for in vain is missing; AWS always is asked for. */
const terraformWith = async (
  place: Place,
  inCluster: readonly string[],
  say: (line: string) => void,
): Promise<Omit<Ready, 'python'> | Missing> => {
  const found = tried(() => findTerraform(place.terraform));
  if (found instanceof UserError) return { missing: [found.message] };
  const tooOld = whyTooOld(found);
  if (tooOld) return { missing: [tooOld] };

  say(`looking for the AWS provider ${AWS_VERSION}`);
  const problems: string[] = [];
  // A configuration of the user's own that does not lead to the provider is no reason to give up.
  const others = hasOwnConfig(found) ? [tried(() => findTerraform(place.terraform, { ownConfig: false }))] : [];
  for (const terraform of [found, ...others]) {
    if (terraform instanceof UserError) continue;
    const providers = new Set([...terraform.mirrored].filter((name) => name !== 'aws'));
    const awsSource = terraform.mirrored.has('aws') ? 'registry.terraform.io/hashicorp/aws' : 'hashicorp/aws';
    const problem = await whyNot(terraform, place, awsSource, inCluster);
    if (problem === undefined) return { terraform, awsSource, providers: new Set([...providers, ...inCluster]) };
    const config = terraform.environment.TF_CLI_CONFIG_FILE;
    problems.push(config === undefined ? problem : `with ${config}: ${problem}`);
  }
  return {
    missing: [
      `${['the AWS provider', ...inCluster.map((name) => `the ${name} provider`)].join(' or ')} cannot be had (aws must be ${AWS_VERSION}); let ${found.binary} reach its registry, or put a filesystem mirror where it looks, such as ~/.terraform.d/plugins, made by 'terraform providers mirror'. It says, ${problems.join('\nand ')}`,
    ],
  };
};

const hasOwnConfig = ({ environment }: Terraform): boolean =>
  environment.TF_CLI_CONFIG_FILE !== undefined && environment.TF_CLI_CONFIG_FILE === process.env.TF_CLI_CONFIG_FILE;

const tried = <R>(find: () => R): R | UserError => {
  try {
    return find();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
};

const whyTooOld = ({ binary, environment }: Terraform): string | undefined => {
  const { stdout } = spawnSync(binary, ['version', '-json'], { encoding: 'utf8', env: environment });
  const version = /"terraform_version": *"(\d+)\.(\d+)\.[^"]*"/.exec(stdout);
  const [, major = '0', minor = '0'] = version ?? [];
  return Number(major) > 1 || (major === '1' && Number(minor) >= 10)
    ? undefined
    : `${binary} is ${version ? `${major}.${minor}` : 'of an unknown version'}, must be 1.10 or newer (Terraform or OpenTofu); install one, or name it in TERRAFORM_BINARY_NAME`;
};

/** Downloads providers if need be, once; the lock file that it leaves lets every stack take them from the cache. */
const whyNot = async (
  terraform: Terraform,
  { terraform: folder }: Place,
  awsSource: string,
  others: readonly string[],
): Promise<string | undefined> => {
  mkdirSync(folder, { recursive: true });
  const required = {
    aws: { source: awsSource, version: AWS_VERSION },
    ...Object.fromEntries(others.map((name) => [name, { source: `hashicorp/${name}` }])),
  };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
  rmSync(join(folder, '.terraform.lock.hcl'), { force: true });
  const { code, stderr } = await runTerraform(terraform, folder, ['init', '-no-color']);
  return code === 0 ? undefined : stderr.trim();
};
