import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../cli/user-error';
import { synthesized } from '../demo/app';
import { Emulator, startEmulator, stopEmulator } from '../demo/emulator';
import { GAPS, Gap, gapsThat } from '../demo/gaps';
import { Place, placeIn, stateOf } from '../demo/place';
import { installedEmulator } from '../demo/install';
import { SILENCE } from '../demo/progress';
import { Made, Rollout, applyAll, destroyAll, onTheEmulator } from '../demo/rollout';
import { failures, planAgain } from '../demo/second-plan';
import { staged } from '../demo/stage';
import { resourcesIn } from '../demo/states';
import { apply, init } from '../demo/terraform';
import { PlatformDeclaration } from '../model';
import { statefulTypes } from '../model/stateful';
import { local } from '../platforms/local';
import { changed } from './support/declarations';
import { resourcesOf } from './support/harness';
import { RealTerraform, realTerraform } from './support/terraform';
import { describeGiven } from './support/tools';

/**
 * The way that `npm run demo` goes, and the changes that a product's life brings, with the real Terraform and the real
 * AWS provider on an emulator of its own. One test goes on where the one before it ended.
 */
const programs = (): { readonly real: RealTerraform; readonly python: string } | undefined => {
  const python = installedEmulator();
  const real = python === undefined ? undefined : realTerraform();
  return real && python !== undefined ? { real, python } : undefined;
};

const A_WALK = 900_000;

describeGiven(
  'Terraform with the AWS provider, or ministack',
  programs(),
  'shop on an emulator',
  ({ real, python }) => {
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-demo-'));
    const place: Place = { ...placeIn(folder), terraform: real.folder };
    const resized = changed(local, { 'products.0.overrides.tiers.app.pool': { profile: 'memory', max: 30 } });
    const grown = changed(resized, {
      'products.0.product.services.stock-api': { kind: 'api', uses: { orders: 'read' } },
      'products.0.images.stock-api': 'registry.localhost/shop/stock-api:1.0.0',
    });
    const dumps = { fresh: join(folder, 'fresh'), after: join(folder, 'after') };
    let emulator: Emulator | undefined;
    let made: readonly Made[] = [];

    const rollout = (platform: PlatformDeclaration): Rollout => ({
      staging: {
        app: synthesized(platform, place.app),
        place,
        gaps: GAPS,
        awsSource: real.terraform.mirrored.has('aws') ? 'registry.terraform.io/hashicorp/aws' : 'hashicorp/aws',
        available: (provider) => provider === 'aws',
      },
      terraform: real.terraform,
      port: emulator?.port ?? 0,
      progress: () => SILENCE,
    });
    /** It writes down all that it knows when it ends. */
    const start = async (dump: string): Promise<Emulator> =>
      startEmulator({
        python,
        port: await aFreePort(),
        account: local.account,
        region: local.region,
        place,
        environment: { PERSIST_STATE: '1', STATE_DIR: dump },
      });
    const changedStacks = (): readonly string[] =>
      made.filter(({ counts }) => counts.addresses.length > 0).map(({ stack }) => stack);
    const identities = (): readonly string[] =>
      made.flatMap(({ stack }) =>
        resourcesIn(stateOf(place, stack))
          .filter(({ type }) => type in statefulTypes())
          .map(({ type, values }) => `${type} ${String(values.arn ?? values.id)}`),
      );
    const touchedData = (): readonly string[] =>
      made
        .flatMap(({ counts }) => counts.addresses)
        .filter((address) => (address.split('.')[0] ?? '') in statefulTypes());

    beforeAll(async () => {
      await stopEmulator(await start(dumps.fresh));
      emulator = await start(dumps.after);
    }, 120_000);
    afterAll(async () => {
      if (emulator) await stopEmulator(emulator);
      real.remove();
      rmSync(folder, { recursive: true });
    }, 60_000);

    it(
      'every AWS stack is made whole, after those that it needs',
      async () => {
        made = await applyAll(rollout(local));
        const order = made.map(({ stack }) => stack);
        for (const { staged: copy, stack, counts, checkedOnly } of made) {
          expect({ stack, made: counts.add }).toEqual({ stack, made: checkedOnly ? 0 : resourcesOf(copy.json).length });
          for (const need of copy.stack.needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(stack));
        }
        expect(made.filter(({ checkedOnly }) => !checkedOnly).length).toBeGreaterThan(7);
      },
      A_WALK,
    );

    it(
      'a second plan shows what the table says and nothing else, and no row is idle',
      async () => {
        const second = await planAgain(rollout(local), made);
        expect(failures(second)).toEqual([]);
        expect(second.unneeded).toEqual([]);
      },
      A_WALK,
    );

    it(
      'resizing a tier changes its own stack only, and nothing that holds data',
      async () => {
        const before = identities();
        made = await applyAll(rollout(resized));
        expect(changedStacks()).toEqual(['local-shop-app-tier']);
        expect(touchedData()).toEqual([]);
        expect(identities()).toEqual(before);
        expect(before.length).toBeGreaterThan(2); // else the lines above prove nothing
      },
      A_WALK,
    );

    it(
      'a new API changes its tier and what watches it, and nothing that holds data',
      async () => {
        const before = identities();
        made = await applyAll(rollout(grown));
        expect(changedStacks()).toContain('local-shop-app-tier');
        expect(changedStacks().filter((stack) => !/-(app-tier|watch)$/.test(stack))).toEqual([]);
        expect(touchedData()).toEqual([]);
        expect(identities()).toEqual(before);
      },
      A_WALK,
    );

    it(
      'what the table leaves out is still refused by the emulator',
      async () => {
        const refusals = [...gapsThat(GAPS, 'not served'), ...gapsThat(GAPS, 'not taken')];
        const served: string[] = [];
        for (const gap of refusals) if (!(await isRefused(rollout(grown), gap))) served.push(gap.type);
        expect(served).toEqual([]);
      },
      A_WALK,
    );

    it(
      'destroying leaves nothing',
      async () => {
        await destroyAll(rollout(grown), made);
        for (const { stack } of made) expect(resourcesIn(stateOf(place, stack))).toEqual([]);
        if (emulator) await stopEmulator(emulator);
        emulator = undefined;
        expect(leftIn(dumps.after, dumps.fresh)).toEqual([]);
      },
      A_WALK,
    );
  },
);

const aFreePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/** Tries one resource that a row takes away, on copies of its stack and of the states. */
const isRefused = async (rollout: Rollout, gap: Gap): Promise<boolean> => {
  const { app, place, gaps } = rollout.staging;
  const stack = app.stacks.find(({ json }) => json.resource?.[gap.type]);
  const name = Object.keys(stack?.json.resource?.[gap.type] ?? {}).find(
    (one) => gap.is !== 'not taken' || gap.argument in (stack?.json.resource?.[gap.type]?.[one] ?? {}),
  );
  if (!stack || name === undefined) return true;
  const probe: Place = { ...place, stacks: join(place.folder, 'probe'), states: join(place.folder, 'probe-state') };
  cpSync(place.states, probe.states, { recursive: true });
  const copy = staged(stack, { ...rollout.staging, place: probe, gaps: gaps.filter((one) => one !== gap) });
  const address = `${gap.type}.${name}`;
  const only = [`-target=${address}`, ...(gap.is === 'not taken' ? [`-replace=${address}`] : [])];
  try {
    await onTheEmulator(rollout, async (terraform) => {
      await init(terraform, copy.folder);
      await apply(terraform, copy.folder, undefined, only);
    });
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
};

/** What an emulator knew at its end, and a fresh one did not know. */
const leftIn = (dump: string, fresh: string): readonly string[] => {
  const known = new Set(leaves(fresh));
  return leaves(dump).filter((leaf) => !known.has(leaf));
};

const leaves = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((file) => paths(JSON.parse(readFileSync(join(folder, file), 'utf8')), file));

const paths = (value: unknown, path: string): readonly string[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path} ${key}`));
