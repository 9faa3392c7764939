import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { withoutProviders } from '../cli/shim';
import { StackJson } from '../cli/stack-json';
import { DemoApp, DemoStack, producerOf } from './app';
import { Gap } from './gaps';
import { fitted } from './leave-out';
import { GUARDS, KNOWN_GAPS, liftGuards } from './overrides';
import { Place, stateOf } from './place';

export interface Staged {
  readonly stack: DemoStack;
  readonly folder: string;
  readonly leftOut: readonly string[];
  readonly standIns: readonly string[];
  /** As Terraform will read it, without the override. */
  readonly json: StackJson;
  /** Backend and providers, in words: as long as they stay, a folder needs to be initialized once. */
  readonly settings: string;
  /** The lock file of providers that were found once for all: without it each folder would download them anew. */
  readonly lock: string;
  /** Providers whose resources are checked as references only, because no binary of them is to be had. */
  readonly shimmed: readonly string[];
}

export interface Staging {
  readonly app: DemoApp;
  readonly place: Place;
  readonly gaps: readonly Gap[];
  /** Where the AWS provider comes from, in Terraform's words. */
  readonly awsSource: string;
  readonly available: (provider: string) => boolean;
  /** Whether what holds data may be destroyed again: not in a demo, but where one is tested. */
  readonly unguarded?: boolean;
  /** A context of the user's kubeconfig; without one nothing is made in a cluster. */
  readonly context?: string;
}

/**
 * Copies one stack aside and turns it to the emulator: state on this machine, reads from the other stacks' states, keys
 * that open nothing. Only what an override cannot say (something is not there) is changed in the copy itself.
 */
export const staged = (stack: DemoStack, staging: Staging): Staged => {
  const { app, place, gaps, available, context } = staging;
  const folder = join(place.stacks, stack.name);
  for (const file of ['cdk.tf.json', EMULATOR, KNOWN_GAPS, GUARDS]) rmSync(join(folder, file), { force: true });
  cpSync(stack.source, folder, { recursive: true });

  const { json: served, leftOut, standIns } = fitted(stack.name, stack.json, app.contracts.get(stack.name), gaps);
  const shimmed = stack.providers.filter((provider) => !available(provider));
  const json = towardsContext(shimmed.length > 0 ? withoutProviders(served, shimmed) : served, context);
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(json, null, 2));
  mkdirSync(place.states, { recursive: true });
  const override = emulatorOverride(stack, folder, staging);
  writeFileSync(join(folder, EMULATOR), JSON.stringify(override, null, 2));
  if (staging.unguarded) liftGuards({ folder, json });
  const settings = JSON.stringify([json.terraform, override.terraform]);
  const lock = join(place.terraform, '.terraform.lock.hcl');
  return { stack, folder, leftOut, standIns, json, settings, lock, shimmed };
};

const EMULATOR = 'emulator_override.tf.json';

/** 12 digits as access key are the account, for this emulator. */
const AWS_ON_THE_EMULATOR = (account: string) => ({
  access_key: account,
  secret_key: 'demo',
  skip_credentials_validation: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
  s3_use_path_style: true,
  // 25 by default, which makes minutes of an answer that will never be another.
  max_retries: 2,
});

/** The oldest version that stacks allow, and the one that the table of gaps was made with. */
export const AWS_VERSION = '5.100.0';

const emulatorOverride = (stack: DemoStack, folder: string, { app, place, awsSource, available }: Staging) => {
  const states = Object.entries(stack.json.data?.terraform_remote_state ?? {});
  const local = (name: string): string => relative(folder, stateOf(place, name));
  const aws = stack.providers.includes('aws') && available('aws');
  return {
    terraform: {
      backend: { local: { path: local(stack.name) } },
      ...(aws && { required_providers: { aws: { source: awsSource, version: AWS_VERSION } } }),
    },
    ...(states.length > 0 && {
      data: {
        terraform_remote_state: Object.fromEntries(
          states.map(([name, read]) => [name, { backend: 'local', config: { path: local(producerOf(read)) } }]),
        ),
      },
    }),
    ...(aws && { provider: { aws: [AWS_ON_THE_EMULATOR(app.account)] } }),
  };
};

type Settings = Readonly<Record<string, unknown>>;

/** How a provider reaches a cluster; all of it gives way to the user's own kubeconfig. */
const WAYS_IN = ['host', 'cluster_ca_certificate', 'token', 'exec', 'client_certificate', 'client_key'];

const towardsContext = (json: StackJson, context: string | undefined): StackJson => {
  if (context === undefined || !json.provider) return json;
  const way = { config_paths: kubeconfig(), config_context: context };
  const turned = (settings: Readonly<Record<string, unknown>>) => ({
    ...Object.fromEntries(Object.entries(settings).filter(([key]) => !WAYS_IN.includes(key))),
    ...way,
  });
  const { kubernetes, helm } = json.provider;
  return {
    ...json,
    provider: {
      ...json.provider,
      ...(kubernetes && { kubernetes: kubernetes.map(turned) }),
      ...(helm && {
        helm: helm.map((settings) => ({ ...settings, kubernetes: turned(settings.kubernetes as object as Settings) })),
      }),
    },
  };
};

/** As kubectl finds it. */
const kubeconfig = (): readonly string[] => (process.env.KUBECONFIG ?? '~/.kube/config').split(delimiter);
