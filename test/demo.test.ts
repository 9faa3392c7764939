import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesized } from '../demo/app';
import { Emulator, startEmulator, stopEmulator } from '../demo/emulator';
import { GAPS } from '../demo/gaps';
import { installedEmulator } from '../demo/install';
import { Place, placeIn, stateOf } from '../demo/place';
import { SILENCE } from '../demo/progress';
import { Made, Rollout, applyAll, destroyAll, onTheEmulator, verdictOn } from '../demo/rollout';
import { failures, planAgain } from '../demo/second-plan';
import { resourcesIn } from '../demo/states';
import { PlatformDeclaration } from '../model';
import { statefulTypes } from '../model/stateful';
import { local } from '../platforms/local';
import { changed } from './support/declarations';
import { aFreePort, leftIn, refusalOf } from './support/demo';
import { resourcesOf } from './support/harness';
import { RealTerraform, realTerraform } from './support/terraform';
import { describeGiven } from './support/tools';

/**
 * The way that `npm run demo` goes, and the changes that a product's life brings, with the real Terraform and the real
 * AWS provider on an emulator of its own. Each test goes on where the one before it ended.
 */
jest.setTimeout(900_000);

interface Programs {
  readonly real: RealTerraform;
  /** The Python that has the emulator. */
  readonly python: string;
}

const programs = (): Programs | undefined => {
  const python = installedEmulator();
  const real = python === undefined ? undefined : realTerraform();
  return real && python !== undefined ? { real, python } : undefined;
};

// Two changes of a product's life, in tiers of their own, so that one walk tells apart what each of them does.
const grown = changed(local, {
  'products.0.overrides.tiers.web.pool': { profile: 'memory', max: 30 },
  'products.0.product.services.stock-api': { kind: 'api', uses: { orders: 'read' } },
  'products.0.images.stock-api': 'registry.localhost/shop/stock-api:1.0.0',
});

const walk = ({ real, python }: Programs): void => {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-demo-'));
  const place: Place = { ...placeIn(folder), terraform: real.folder };
  const dump = join(folder, 'dump');
  let emulator: Emulator | undefined;
  let made: readonly Made[] = [];

  const rollout = (platform: PlatformDeclaration): Rollout => ({
    staging: {
      app: synthesized(platform, place.app),
      place,
      gaps: GAPS,
      awsSource: real.terraform.mirrored.has('aws') ? 'registry.terraform.io/hashicorp/aws' : 'hashicorp/aws',
      available: (provider) => provider === 'aws',
      unguarded: true,
    },
    terraform: real.terraform,
    port: emulator?.port ?? 0,
    progress: () => SILENCE,
  });
  const of = (stack: string) => made.find((one) => one.stack === stack)?.counts;
  const identities = (): readonly string[] =>
    made
      .flatMap(({ stack }) => resourcesIn(stateOf(place, stack)))
      .filter(({ type }) => type in statefulTypes())
      .map(({ type, values }) => `${type} ${String(values.arn ?? values.id)}`)
      .sort();

  beforeAll(async () => {
    const { account, region } = local;
    // It writes down all that it knows when it ends.
    const environment = { PERSIST_STATE: '1', STATE_DIR: dump };
    emulator = await startEmulator({ python, port: await aFreePort(), account, region, place, environment });
  });
  afterAll(async () => {
    if (emulator) await stopEmulator(emulator);
    real.remove();
    rmSync(folder, { recursive: true });
  });

  it('every AWS stack is made whole, after those that it needs', async () => {
    made = await applyAll(rollout(local));
    const order = made.map(({ stack }) => stack);
    for (const { staged: copy, stack, counts, checkedOnly } of made) {
      expect({ stack, made: counts.add }).toEqual({ stack, made: checkedOnly ? 0 : resourcesOf(copy.json).length });
      for (const need of copy.stack.needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(stack));
    }
    expect(made.filter(({ checkedOnly }) => !checkedOnly).length).toBeGreaterThan(7);
  });

  it('a second plan shows what the table says and nothing else, and no row is idle', async () => {
    const second = await planAgain(rollout(local), made);
    expect(failures(second)).toEqual([]);
    expect(second.unneeded).toEqual([]);
  });

  it('a tier resized and an API added change their own tiers, what watches them, and nothing else', async () => {
    const before = identities();
    made = await applyAll(rollout(grown));
    const changedStacks = made.filter(({ counts }) => counts.addresses.length > 0).map(({ stack }) => stack);
    expect(changedStacks).toEqual(expect.arrayContaining(['local-shop-app-tier', 'local-shop-web-tier']));
    expect(changedStacks.filter((stack) => !/-(web-tier|app-tier|watch)$/.test(stack))).toEqual([]);
    expect(identities()).toEqual(before);
    expect(before.length).toBeGreaterThan(2); // else the line above proves nothing
  });

  it('the resized tier changes its template in place, and would change its bounds in place', async () => {
    const { addresses, ...counts } = of('local-shop-web-tier') ?? {};
    expect(addresses).toEqual(['aws_launch_template.pool_template']);
    expect(counts).toEqual({ add: 0, change: 1, remove: 0 });
    const one = made.find(({ stack }) => stack === 'local-shop-web-tier');
    if (!one) throw new Error('there is no web tier');
    const again = await onTheEmulator(rollout(grown), (terraform) => verdictOn(rollout(grown), terraform, one));
    expect([...again.shown]).toContain('aws_eks_node_group.scaling_config');
    expect(again.unexplained).toEqual([]);
  });

  it('the new API adds what bears its name; only the way to the store, which says for whom it is, changes', () => {
    const { addresses = [], ...counts } = of('local-shop-app-tier') ?? {};
    const others = addresses.filter((address) => !address.includes('stock-api'));
    expect(others.filter((address) => !/^aws_vpc_security_group_\w+_rule\..*to-store-orders/.test(address))).toEqual(
      [],
    );
    expect(counts).toEqual({ add: addresses.length - others.length, change: others.length, remove: 0 });
    expect(addresses.length - others.length).toBeGreaterThan(2);
  });

  it('what the table takes out, does not change or does not destroy is still refused by the emulator', async () => {
    const gaps = GAPS.filter((gap) => /^not (served|taken|changed|destroyed)$/.test(gap.is) && !('forgotten' in gap));
    const to = rollout(grown);
    const refusals = await onTheEmulator(to, (terraform) =>
      Promise.all(gaps.map((gap) => refusalOf({ ...to, terraform }, gap))),
    );
    expect(gaps.filter((_gap, index) => refusals[index] === undefined).map(({ type }) => type)).toEqual([]);
  });

  it('destroying leaves nothing', async () => {
    await destroyAll(rollout(grown), made);
    for (const { stack } of made) expect(resourcesIn(stateOf(place, stack))).toEqual([]);
    if (emulator) await stopEmulator(emulator);
    emulator = undefined;
    expect(readdirSync(dump).length).toBeGreaterThan(9); // else the line below proves nothing
    expect(leftIn(dump).filter((entry) => !entry.includes('groundplan-demo-'))).toEqual([]);
  });
};

describeGiven('Terraform with the AWS provider, or ministack', programs(), 'shop on an emulator', walk);
