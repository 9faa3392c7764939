import { App, DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Tokenization } from 'cdktf';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import type { StackJson } from '../cli/stack-json';

/**
 * The floor: a program without any of our thinking, which makes the very same stacks with the bindings' own classes and
 * literal values. It is written from synthesized output, and its own output must equal that.
 */
export const floorProgram = (folder: string): string => {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
  };
  const bindings = new Bindings();
  const stacks = Object.keys(manifest.stacks);
  const bodies = stacks.map((stack, index) =>
    [
      `const s${index} = new TerraformStack(app, ${code(stack)});`,
      ...stackLines(`s${index}`, join(folder, 'stacks', stack), bindings),
    ].join('\n'),
  );
  const order = stacks.flatMap((stack, index) =>
    (manifest.stacks[stack]?.dependencies ?? []).map(
      (producer) => `s${index}.addDependency(s${stacks.indexOf(producer)});`,
    ),
  );
  return [
    "import { App, DataTerraformRemoteStateS3, S3Backend, TerraformAsset, TerraformOutput, TerraformStack } from 'cdktf';",
    ...bindings.imports(),
    'const app = new App();',
    ...bodies,
    ...order,
    'app.synth();',
  ].join('\n');
};

const stackLines = (stack: string, folder: string, bindings: Bindings): readonly string[] => {
  const {
    terraform,
    provider = {},
    data = {},
    resource = {},
    output = {},
    ...others
  } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
  const backend = terraform.backend as { readonly s3: Values };
  const { terraform_remote_state: states = {}, ...sources } = data;
  return [
    `new S3Backend(${stack}, ${code(camel(backend.s3))});`,
    `${stack}.addOverride('terraform.required_version', ${code(terraform.required_version)});`,
    ...Object.entries(terraform.required_providers ?? {}).map(
      ([name, { version }]) =>
        `${stack}.addOverride(${code(`terraform.required_providers.${name}.version`)}, ${code(version)});`,
    ),
    ...Object.entries(provider).flatMap(([name, configs]) =>
      configs.map((config) => bindings.make(stack, 'provider', name, name, config)),
    ),
    ...Object.entries(states).map(
      ([name, { config }]) =>
        `new DataTerraformRemoteStateS3(${stack}, ${code(name)}, ${code(camel(config as Values))});`,
    ),
    ...[['data', sources] as const, ['resource', resource] as const].flatMap(([block, types]) =>
      Object.entries(types).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, values]) => bindings.make(stack, block, type, name, values)),
      ),
    ),
    ...assetsOf(folder).map(
      (path, index) => `new TerraformAsset(${stack}, 'asset-${index}', { path: ${code(path)} });`,
    ),
    ...Object.entries(output).map(([name, value]) => `new TerraformOutput(${stack}, ${code(name)}, ${code(value)});`),
    // What has no class of its own: `moved`, `removed`, `locals`.
    ...Object.entries(others)
      .filter(([key]) => key !== '//')
      .map(([key, value]) => `${stack}.addOverride(${code(key)}, ${code(value)});`),
  ];
};

const assetsOf = (folder: string): readonly string[] => {
  const assets = join(folder, 'assets');
  return !existsSync(assets)
    ? []
    : readdirSync(assets).flatMap((name) => readdirSync(join(assets, name)).map((hash) => join(assets, name, hash)));
};

type Values = Readonly<Record<string, unknown>>;
type Binding = new (scope: TerraformStack, id: string, config: Values) => TerraformElement;

/** The bindings' classes, found by the type that they make, imported by deep path. */
class Bindings {
  private readonly used = new Map<string, string>();
  private readonly require = createRequire(join(process.cwd(), 'main.ts'));
  private readonly trial = new App({ outdir: join('.build', 'floor-trial') });
  private trials = 0;

  make(
    stack: string,
    block: 'provider' | 'data' | 'resource',
    type: string,
    name: string,
    { '//': _notes, ...values }: Values,
  ): string {
    const [owner = '', ...words] = type.split('_');
    const leaf = block === 'provider' ? 'provider' : [...(block === 'data' ? ['data', owner] : []), ...words].join('-');
    const path = `@cdktf/provider-${owner}/lib/${leaf}`;
    const [exported, binding] =
      Object.entries(
        this.require(path) as Readonly<Record<string, Binding & { readonly tfResourceType?: string }>>,
      ).find(([, candidate]) => candidate.tfResourceType === type) ?? [];
    if (!exported || !binding) throw new Error(`${path} has no class for ${type}`);
    this.used.set(path, exported);
    return `new ${exported}(${stack}, ${code(name)}, ${code(this.configFor(binding, block, type, values))});`;
  }

  imports(): readonly string[] {
    return [...this.used].map(([path, exported]) => `import { ${exported} } from '${path}';`);
  }

  /**
   * Classes take camel case where they know the field and maps as they are; which is which shows when the class is
   * tried: in a map, what went in comes out.
   */
  private configFor(binding: Binding, block: string, type: string, values: Values): Values {
    const maps = new Set<string>();
    for (;;) {
      const stack = new TerraformStack(this.trial, `trial-${this.trials++}`);
      const config = configured(values, maps);
      const made = Tokenization.resolve(new binding(stack, 'trial', config).toTerraform(), {
        scope: stack,
        resolver: new DefaultTokenResolver(new StringConcat()),
        preparing: false,
      })[block][type];
      const { '//': _notes, ...seen } = block === 'provider' ? made[0] : made.trial;
      if (isDeepStrictEqual(JSON.parse(JSON.stringify(seen)), values)) return config;
      const before = maps.size;
      findMaps(values, seen, '', maps);
      if (maps.size === before)
        throw new Error(`${type}: no configuration makes ${JSON.stringify(values)}; nearest ${JSON.stringify(seen)}`);
    }
  }
}

const findMaps = (wanted: unknown, seen: unknown, path: string, maps: Set<string>): void => {
  if (Array.isArray(wanted))
    wanted.forEach((value, index) => findMaps(value, Array.isArray(seen) ? seen[index] : undefined, path, maps));
  else if (isRecord(wanted) && isRecord(seen)) {
    if (Object.keys(wanted).some((key) => key !== camelWord(key) && camelWord(key) in seen)) maps.add(path);
    for (const [key, value] of Object.entries(wanted))
      findMaps(value, seen[key] ?? seen[camelWord(key)], `${path}.${key}`, maps);
  }
};

const configured = ({ depends_on: dependsOn, ...values }: Values, maps: ReadonlySet<string>): Values => ({
  ...camel(values, maps),
  ...(Array.isArray(dependsOn) && { dependsOn: dependsOn.map((fqn: string) => ({ fqn })) }),
});

const camel = (values: Values, maps: ReadonlySet<string> = new Set(), path = ''): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      maps.has(path) ? key : camelWord(key),
      camelValue(value, maps, `${path}.${key}`),
    ]),
  );
const camelValue = (value: unknown, maps: ReadonlySet<string>, path: string): unknown => {
  if (Array.isArray(value)) return value.map((inner) => camelValue(inner, maps, path));
  return isRecord(value) ? camel(value, maps, path) : value;
};
const camelWord = (word: string): string =>
  word.replace(/_([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const code = (value: unknown): string => JSON.stringify(value);
