import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackJson } from '../cli/stack-json';
import { isInCluster, producersOf, synthesized } from '../demo/app';
import { PlanJson, differencesOf, judged } from '../demo/differences';
import { startEmulator } from '../demo/emulator';
import { GAPS, Gap } from '../demo/gaps';
import { fitted } from '../demo/leave-out';
import { inOrder, reversed } from '../demo/order';
import { lookPastGaps } from '../demo/overrides';
import { placeIn } from '../demo/place';
import { Staging, staged } from '../demo/stage';
import { local } from '../platforms/local';

/** What the demo decides by itself: what is left out, what a difference means, what waits for what. */

const cause = 'a reason';

describe('what the emulator does not serve', () => {
  const json: StackJson = {
    terraform: {},
    resource: {
      aws_space: { s: {} },
      aws_space_part: { p: { space: '${aws_space.s.id}' } },
      aws_role: { r: { policy: '${data.aws_policy.d.json}' }, other: { depends_on: ['aws_space.s', 'aws_topic.t'] } },
      aws_topic: { t: { name: 'aws_space.s2', keep: 1, refuse: 2 } },
    },
    data: { aws_policy: { d: { of: '${aws_space_part.p.arn}' } } },
    output: { 'space-id': { value: '${aws_space.s.id}' }, topic: { value: '${aws_topic.t.arn}' } },
  };
  const contract = { 'space-id': { doc: '', standIn: 'ws-stand-in' } };
  const notServed: Gap = { is: 'not served', type: 'aws_space', cause };

  it('is left out with all that reads it, by whatever way; what only waits for it stays', () => {
    const { json: left, leftOut, standIns } = fitted('stack', json, contract, [notServed]);
    expect(leftOut).toEqual(['aws_role.r', 'aws_space.s', 'aws_space_part.p', 'data.aws_policy.d']);
    expect(left.resource).toEqual({
      aws_role: { other: { depends_on: ['aws_topic.t'] } },
      aws_topic: { t: { name: 'aws_space.s2', keep: 1, refuse: 2 } },
    });
    expect(left.data).toEqual({});
    expect(left.output).toEqual({ 'space-id': { value: 'ws-stand-in' }, topic: { value: '${aws_topic.t.arn}' } });
    expect(standIns).toEqual(['space-id']);
  });

  it('fails on an output that nothing can stand in for', () => {
    expect(() => fitted('stack', json, {}, [notServed])).toThrow(
      "stack: output 'space-id' reads what the emulator does not serve, and has no stand-in",
    );
  });

  it('is one argument only, where only that is refused', () => {
    const gap: Gap = { is: 'not taken', type: 'aws_topic', argument: 'refuse', cause };
    const { json: left, leftOut } = fitted('stack', json, contract, [gap]);
    expect(left.resource?.aws_topic?.t).toEqual({ name: 'aws_space.s2', keep: 1 });
    expect(leftOut).toEqual([]);
  });

  it('is read as a stand-in, where only an attribute is never assigned', () => {
    const gap: Gap = { is: 'not assigned', type: 'aws_space', attribute: 'id', standIn: 'ws-1', cause };
    const { json: left } = fitted('stack', json, contract, [gap]);
    expect(left.resource?.aws_space_part?.p).toEqual({ space: '${local.stand_in_aws_space_s_id}' });
    expect(left.output?.['space-id']).toEqual({ value: '${local.stand_in_aws_space_s_id}' });
    expect(left.locals).toEqual({ stand_in_aws_space_s_id: 'ws-1' });
  });

  it('is nothing without a table: the stack stays as it is', () => {
    expect(fitted('stack', json, contract, []).json).toEqual(json);
  });
});

describe('what a second plan shows', () => {
  const plan = (actions: readonly string[], before: object, after: object, unknown: object = {}): PlanJson => ({
    resource_changes: [
      {
        address: 'aws_thing.a',
        mode: 'managed',
        type: 'aws_thing',
        change: { actions, before: { ...before }, after: { ...after }, after_unknown: { ...unknown } },
      },
    ],
  });
  const difference = (would: string, ...attributes: readonly string[]) => [
    { address: 'aws_thing.a', type: 'aws_thing', would, attributes },
  ];

  it.each([
    ['nothing', plan(['no-op'], { a: 1 }, { a: 1 }), []],
    ['a read', plan(['read'], {}, {}), []],
    ['a creation', plan(['create'], {}, { a: 1 }), difference('create')],
    ['an update, by its attributes', plan(['update'], { a: 1, b: 2 }, { a: 1, b: 3 }), difference('update', 'b')],
    [
      'no difference between nothings',
      plan(['update'], { a: '', b: [], c: 1 }, { a: null, c: 2 }),
      difference('update', 'c'),
    ],
    ['what an update makes unknown', plan(['update'], { a: 1 }, {}, { a: true }), difference('update', 'a')],
    [
      'not what a replacement makes unknown',
      plan(['delete', 'create'], { id: 'i', a: 1 }, { a: 2 }, { id: true }),
      difference('replace', 'a'),
    ],
    [
      'a block half unknown',
      plan(['update'], { a: [] }, { a: [{ b: 1 }] }, { a: [{ c: true }] }),
      difference('update', 'a'),
    ],
    ['a removal', plan(['delete'], { a: 1 }, {}), difference('delete')],
  ])('is told: %s', (_what, json, expected) => {
    expect(differencesOf(json)).toEqual(expected);
  });

  it('an output counts too, but for one that a replacement makes unsure', () => {
    const output_changes = {
      made: { actions: ['create'] },
      other: { actions: ['update'] },
      same: { actions: ['no-op'] },
    };
    const names = (json: PlanJson) => differencesOf(json).map(({ address }) => address);
    expect(names({ output_changes })).toEqual(['output.made', 'output.other']);
    expect(names({ ...plan(['delete', 'create'], {}, {}), output_changes })).toEqual(['aws_thing.a', 'output.made']);
  });

  const row: Gap = { is: 'not kept', type: 'aws_thing', attributes: ['a', 'b'], cause };
  it('is explained where every attribute is in the table', () => {
    const { explained, shown, unexplained } = judged(differencesOf(plan(['update'], { a: 1 }, { a: 2 })), [row]);
    expect([...explained]).toEqual([[row, ['aws_thing.a']]]);
    expect([...shown]).toEqual(['aws_thing.a']);
    expect(unexplained).toEqual([]);
  });

  it('fails to be explained by one attribute more, and by a creation or a removal', () => {
    const unexplained = (json: PlanJson) => judged(differencesOf(json), [row]).unexplained;
    expect(unexplained(plan(['update'], { a: 1, c: 1 }, { a: 2, c: 2 }))).toEqual(difference('update', 'c'));
    expect(unexplained(plan(['create'], {}, { a: 1 }))).toEqual(difference('create'));
    expect(unexplained(plan(['delete'], { a: 1 }, {}))).toEqual(difference('delete'));
  });
});

describe('the order of stacks', () => {
  const items = [
    { name: 'network', needs: [] },
    { name: 'alerts', needs: [] },
    { name: 'cluster', needs: ['network'] },
    { name: 'data', needs: ['cluster', 'alerts', 'elsewhere'] },
  ];
  const walked = async (list: typeof items, atOnce: number) => {
    const log: string[] = [];
    let running = 0;
    await inOrder(list, atOnce, async ({ name }) => {
      log.push(`+${name}`);
      expect(++running).toBeLessThanOrEqual(atOnce);
      await new Promise((done) => setTimeout(done, 2));
      running--;
      log.push(`-${name}`);
    });
    return log;
  };

  it('lets everything wait for what it needs, and nothing else', async () => {
    const log = await walked(items, 4);
    expect(log.slice(0, 2)).toEqual(['+network', '+alerts']);
    expect(log.indexOf('+cluster')).toBeGreaterThan(log.indexOf('-network'));
    expect(log.indexOf('+data')).toBeGreaterThan(log.indexOf('-cluster'));
    expect(await walked(items, 1)).toHaveLength(8);
  });

  it('goes the other way for whoever removes', async () => {
    const log = await walked(reversed(items) as typeof items, 4);
    expect(log[0]).toBe('+data');
    expect(log.indexOf('+network')).toBeGreaterThan(log.indexOf('-cluster'));
  });

  it('fails with the first failure, and begins nothing after it', async () => {
    const begun: string[] = [];
    const work = async ({ name }: { readonly name: string }) => {
      begun.push(name);
      if (name === 'network') throw new Error('no network');
    };
    await expect(inOrder(items, 1, work)).rejects.toThrow('no network');
    expect(begun).toEqual(['network']);
  });

  it('fails on a circle instead of waiting for ever', async () => {
    const circle = [
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ];
    await expect(inOrder(circle, 2, async () => undefined)).rejects.toThrow('these need each other: a, b');
  });
});

describe('a stack turned to the emulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-demo-parts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const place = placeIn(folder);
  const app = synthesized(local, place.app);
  const staging: Staging = { app, place, gaps: GAPS, awsSource: 'hashicorp/aws', available: () => true };
  const named = (name: string) => {
    const stack = app.stacks.find((one) => one.name === name);
    if (!stack) throw new Error(`no ${name}`);
    return stack;
  };
  const read = (name: string, file: string) => JSON.parse(readFileSync(join(place.stacks, name, file), 'utf8'));

  it('comes after all that it needs, and needs all that it reads', () => {
    const order = app.stacks.map(({ name }) => name);
    for (const { name, json, needs } of app.stacks) {
      expect(needs).toEqual(expect.arrayContaining([...producersOf(json)]));
      for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(name));
    }
    expect(order.indexOf('local-contract')).toBeLessThan(order.indexOf('local-shop-data'));
    expect(app.stacks.filter(isInCluster).length).toBeGreaterThan(2);
  });

  it('keeps its state and finds the others beside it, with keys that open nothing', () => {
    const original = readFileSync(join(named('local-shop-data').source, 'cdk.tf.json'), 'utf8');
    staged(named('local-shop-data'), staging);
    const { terraform, data, provider } = read('local-shop-data', 'emulator_override.tf.json');
    expect(terraform.backend).toEqual({ local: { path: '../../state/local-shop-data.tfstate' } });
    expect(data.terraform_remote_state['from-local-contract']).toEqual({
      backend: 'local',
      config: { path: '../../state/local-contract.tfstate' },
    });
    expect(provider.aws[0]).toMatchObject({ access_key: '000000000000', secret_key: 'demo' });
    expect(readFileSync(join(named('local-shop-data').source, 'cdk.tf.json'), 'utf8')).toBe(original);
  });

  it('looks past gaps while it is changed, and shows them when it is looked at', () => {
    const copy = staged(named('local-cluster'), staging);
    const file = join(copy.folder, 'known_gaps_override.tf.json');
    lookPastGaps(copy, GAPS, true);
    expect(read('local-cluster', 'known_gaps_override.tf.json').resource.aws_eks_node_group.pools_system).toEqual({
      lifecycle: { ignore_changes: expect.arrayContaining(['launch_template', 'scaling_config[0].desired_size']) },
    });
    lookPastGaps(copy, GAPS, false);
    expect(existsSync(file)).toBe(false);
  });

  it('guards what it holds, unless it was made to be destroyed', () => {
    const guards = join(place.stacks, 'local-shop-data', 'guards_override.tf.json');
    staged(named('local-shop-data'), { ...staging, unguarded: true });
    expect(read('local-shop-data', 'guards_override.tf.json').resource.aws_db_instance.orders).toEqual({
      deletion_protection: false,
      skip_final_snapshot: true,
      lifecycle: { prevent_destroy: false },
    });
    staged(named('local-shop-data'), staging);
    expect(existsSync(guards)).toBe(false);
  });

  it('goes to a context of the user in place of the cluster that it declares', () => {
    staged(named('local-shop-app-services'), { ...staging, context: 'kind-demo' });
    const { provider } = read('local-shop-app-services', 'cdk.tf.json');
    const way = { config_paths: [expect.any(String)], config_context: 'kind-demo' };
    expect(provider).toEqual({ kubernetes: [way], helm: [{ kubernetes: way }] });
  });

  it('is checked as references where its providers are not to be had', () => {
    const { shimmed } = staged(named('local-shop-space'), { ...staging, available: (name) => name === 'aws' });
    expect(shimmed).toEqual(['kubernetes']);
    expect(Object.keys(read('local-shop-space', 'cdk.tf.json').resource)).toEqual(['terraform_data']);
  });

  it('fails on a port that somebody else has, and says which other to take', async () => {
    const server = createServer();
    const port = await new Promise<number>((done) =>
      server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)),
    );
    const start = startEmulator({ python: 'python3', port, account: local.account, region: local.region, place });
    await expect(start).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use by another program; end it, or take another port: npm run demo -- --port ${port + 1}`,
    );
    server.close();
  });
});
