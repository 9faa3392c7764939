import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from './user-error';

/** Terraform (or OpenTofu), and where its providers come from. */
export interface Terraform {
  readonly binary: string;
  /** Providers that a mirror on this machine holds, by short name; all others come from the registry, if it is reached. */
  readonly mirrored: ReadonlySet<string>;
  readonly environment: NodeJS.ProcessEnv;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const findTerraform = (
  workFolder: string,
  // Whether a configuration that the user names is taken: one may lead nowhere, and a mirror still be there.
  { ownConfig: honoured = true }: { readonly ownConfig?: boolean } = {},
): Terraform => {
  const wanted = process.env.TERRAFORM_BINARY_NAME;
  const binary = (wanted ? [wanted] : ['terraform', 'tofu']).find(
    (name) => spawnSync(name, ['version'], { stdio: 'ignore' }).status === 0,
  );
  if (!binary)
    throw new UserError(
      'neither terraform nor tofu is on the PATH; install Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install), or name yours in TERRAFORM_BINARY_NAME',
    );

  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
  delete environment.AWS_CA_BUNDLE;
  const ownConfig = process.env.TF_CLI_CONFIG_FILE;
  if (honoured && ownConfig !== undefined && existsSync(ownConfig)) return { binary, mirrored: new Set(), environment };
  // One that names a missing file would make every call warn.
  delete environment.TF_CLI_CONFIG_FILE;

  const mirror = findMirror();
  if (!mirror)
    return {
      binary,
      mirrored: new Set(),
      environment: { ...environment, TF_PLUGIN_CACHE_DIR: downloadFolder(workFolder) },
    };
  const mirrored = readdirSync(join(mirror, HASHICORP));
  const addresses = mirrored.map((name) => `"${HASHICORP}/${name}"`).join(', ');
  mkdirSync(workFolder, { recursive: true });
  const config = resolve(workFolder, 'terraform.rc');
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path    = "${mirror}"\n    include = [${addresses}]\n  }\n  direct {\n    exclude = [${addresses}]\n  }\n}\n`,
  );
  return { binary, mirrored: new Set(mirrored), environment: { ...environment, TF_CLI_CONFIG_FILE: config } };
};

/** One download serves every stack. Terraform wants the folder to be there. */
const downloadFolder = (workFolder: string): string => {
  const folder = process.env.TF_PLUGIN_CACHE_DIR ?? resolve(workFolder, 'providers');
  mkdirSync(folder, { recursive: true });
  return folder;
};

const HASHICORP = 'registry.terraform.io/hashicorp';

/** Where administrators put mirrors: Terraform's own places, and a folder of any name below the usual roots. */
const findMirror = (): string | undefined => {
  const own = [
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    '/usr/share/terraform/providers',
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.local/share/terraform/plugins'),
  ];
  const below = ['/opt', '/usr/local/lib', '/usr/local/share', '/var/lib', '/srv']
    .filter((root) => existsSync(root))
    .flatMap((root) =>
      readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(root, name)),
    );
  return [...own, ...below].find((folder) => existsSync(join(folder, HASHICORP, 'aws')));
};

export const run = (terraform: Terraform, folder: string, args: readonly string[]): Promise<Outcome> =>
  new Promise((done) => {
    const child = spawn(terraform.binary, [...args], {
      cwd: folder,
      env: terraform.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    // What cannot even be started is a failed call like any other, for whoever reports on several.
    child.on('error', ({ message }) => done({ code: 127, stdout: '', stderr: message }));
    child.on('close', (code) =>
      done({
        code: code ?? 1,
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
      }),
    );
  });
