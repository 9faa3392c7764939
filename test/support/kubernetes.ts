import { App } from 'cdktf';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestsOf } from '../../cli/manifests';
import { withoutReferences } from '../../cli/references';
import { resolvePlatforms } from '../../model';
import { PLATFORM_STACKS, platformStack } from '../../model/naming';
import { contractsOf } from '../../model/producers';
import { RefTable } from '../../model/refs';
import { ResolvedPlatform } from '../../model/resolved';
import { production } from '../../platforms/production';
import { compose } from '../../stacks/compose';
import { aPlatform } from './declarations';
import { Stacks, readStacks, resourcesOf } from './harness';

/** Objects as JSON has them: rules look into any depth of kinds that the Kubernetes schema has checked already. */
export type Loose = any;

/** One object of the cluster, and the resource that makes it. */
export interface Placed {
  readonly stack: string;
  readonly object: Loose;
  readonly resource: Loose;
}

/** A platform as it would stand in the cluster. Rules read it; what proves them breaks a copy of it. */
export interface World {
  readonly name: string;
  readonly platform: ResolvedPlatform;
  readonly stacks: Stacks;
  /** Of products. */
  readonly objects: readonly Placed[];
  readonly releases: readonly Release[];
  /** Of the platform itself, which is held to rules of its own. */
  readonly own: { readonly objects: readonly Placed[]; readonly releases: readonly RemoteRelease[] };
}

/** A chart of others as the platform installs it, by repository and version. */
export interface RemoteRelease extends Omit<Release, 'written'> {
  readonly resource: Loose;
}

/** A chart as a stack installs it. */
export interface Release {
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  /** The asset that travels with the stack, on this machine. */
  readonly chart: string;
  readonly values: Loose;
  /** The values as the stack says them, references included. */
  readonly written: string;
}

const outdir = mkdtempSync(join(tmpdir(), 'groundplan-kubernetes-'));
export const forgetWorlds = (): void => rmSync(outdir, { recursive: true });

/** The folder stays until the tests end, because charts are files of it. */
export const world = (name: string, declaration: unknown): World => {
  const [platform] = resolvePlatforms([declaration]);
  if (!platform) throw new Error(`${name} resolved to no platform`);
  const folder = join(outdir, name.replace(/\W+/g, '-'));
  const app = new App({ outdir: folder });
  compose(app, platform);
  app.synth();
  const stacks = readStacks(join(folder, 'stacks'));
  const contracts = contractsOf(platform);
  const layers: readonly string[] = PLATFORM_STACKS.map((layer) => platformStack(platform.facts, layer));
  const [own, products] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(stacks).filter(([stack]) => layers.includes(stack) === wanted)),
  );
  return {
    name,
    platform,
    stacks,
    objects: objectsOf(products ?? {}, contracts),
    releases: releasesOf(products ?? {}, contracts, join(folder, 'stacks')),
    own: { objects: objectsOf(own ?? {}, contracts), releases: remoteReleasesOf(own ?? {}, contracts) },
  };
};

const remoteReleasesOf = (stacks: Stacks, contracts: ReadonlyMap<string, RefTable>): readonly RemoteRelease[] =>
  Object.entries(stacks).flatMap(([stack, json]) =>
    resourcesOf(json)
      .filter(({ type }) => type === 'helm_release')
      .map(({ values: resource }) => ({
        stack,
        name: resource.name,
        namespace: resource.namespace,
        chart: resource.chart,
        values: JSON.parse(withoutReferences(resource.values[0], json, contracts) as string),
        resource,
      })),
  );

const objectsOf = (stacks: Stacks, contracts: ReadonlyMap<string, RefTable>): readonly Placed[] =>
  Object.entries(stacks).flatMap(([stack, json]) =>
    manifestsOf(json, contracts).map(({ address, object }) => {
      const [type = '', name = ''] = address.split('.');
      return { stack, object, resource: json.resource?.[type]?.[name] };
    }),
  );

const releasesOf = (stacks: Stacks, contracts: ReadonlyMap<string, RefTable>, folder: string): readonly Release[] =>
  Object.entries(stacks).flatMap(([stack, json]) =>
    resourcesOf(json)
      .filter(({ type }) => type === 'helm_release')
      .map(({ values: { name, namespace, chart, values } }) => ({
        stack,
        name,
        namespace,
        chart: join(folder, stack, chart),
        values: JSON.parse(withoutReferences(values[0], json, contracts) as string),
        written: values[0],
      })),
  );

/** A pod template, wherever it is. */
export interface Pod {
  readonly where: string;
  readonly stack: string;
  readonly namespace: string;
  readonly owner: Loose;
  readonly resource: Loose;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Loose;
  /** Init containers too: Pod Security makes no difference. */
  readonly containers: readonly Loose[];
}

export const podsOf = ({ objects }: World): readonly Pod[] =>
  objects.flatMap(({ stack, object, resource }) => {
    const template = object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
    if (template === undefined) return [];
    const { metadata, spec } = template;
    const place = {
      where: nameOf({ stack, object }),
      stack,
      namespace: object.metadata.namespace,
      owner: object,
      resource,
      spec,
    };
    return [
      {
        ...place,
        labels: metadata.labels ?? {},
        annotations: metadata.annotations ?? {},
        containers: [...(spec.initContainers ?? []), ...spec.containers],
      },
    ];
  });

export const ofKind = ({ objects }: World, kind: string): readonly Placed[] =>
  objects.filter(({ object }) => object.kind === kind);
export const nameOf = ({ stack, object }: Pick<Placed, 'stack' | 'object'>): string =>
  `${stack}: ${object.kind} ${object.metadata.name}`;
/** Whether labels fulfil a selector that has no expressions; ours have none. */
export const matches = (
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
/** The stack of nodes below a stack of services. */
export const tierStackOf = (world: World, stack: string): Stacks[string] | undefined =>
  world.stacks[stack.replace(/-services$/, '-tier')];

/** As long as the model lets them be. */
const LONG_SERVICE = 'settlement-of-accounts-with-the-supplier';
const LONG_STORE = 'orders-of-all-the-suppliers';

/** Every kind of edge, across tiers and both ways, public and internal; and names as long as they may be. */
const bazaar = {
  name: 'bazaar-of-many-merchants',
  owner: 'trade',
  tiers: { web: {}, app: {}, 'back-office-of-trade': {} },
  services: {
    shopfront: {
      kind: 'web',
      host: 'bazaar',
      port: 3000,
      uses: { 'public-api': 'call', 'inner-api': 'call', [LONG_SERVICE]: 'call' },
    },
    'public-api': {
      kind: 'api',
      host: 'api',
      uses: { 'inner-api': 'call', [LONG_SERVICE]: 'call', orders: 'own', events: 'publish' },
    },
    // Keys put together with one dash would meet: this one reading 'a-b', or 'x-read-b', and the next two reading 'b'.
    'inner-api': { kind: 'api', uses: { 'a-b': 'read', 'x-read-b': 'read', orders: 'read' }, consumes: 'events' },
    'inner-api-a': { kind: 'api', uses: { b: 'read' } },
    'inner-api-read-x': { kind: 'api', uses: { b: 'read' } },
    'clerk-of-the-events': { kind: 'worker', consumes: 'events', uses: { hits: 'write', 'inner-api': 'call' } },
    'night-shift': {
      kind: 'cron',
      schedule: '30 3 * * 0',
      uses: { orders: 'read', hits: 'read', events: 'publish' },
    },
    [LONG_SERVICE]: {
      kind: 'api',
      tier: 'back-office-of-trade',
      port: 9090,
      uses: { [LONG_STORE]: 'write', 'public-api': 'call' },
    },
  },
  data: {
    orders: { kind: 'postgresql', storage: '100 GiB' },
    'a-b': { kind: 'postgresql', storage: '100 GiB' },
    b: { kind: 'postgresql', storage: '100 GiB' },
    'x-read-b': { kind: 'postgresql', storage: '100 GiB' },
    [LONG_STORE]: { kind: 'postgresql', storage: '100 GiB' },
    events: { kind: 'sqs' },
    hits: { kind: 'redis', memory: '6 GiB' },
  },
};

/** The product that this repository deploys, one with everything on, and the same where AWS is reached without endpoints. */
export const worlds = (): readonly [World, World, World] => {
  // A product as untyped data: names are computed here, which the typed door cannot infer.
  const product = bazaar as unknown as Parameters<typeof aPlatform>[0][number]['product'];
  return [
    world('shop on production', production),
    world('everything on', aPlatform([{ product }])),
    world('everything on, in development', aPlatform([{ product }], { name: 'dev', class: 'development' })),
  ];
};
