import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Planned, planAll } from '../cli/first-plan';
import { stage } from '../cli/stage';
import { run } from '../cli/terraform';
import { statefulTypes } from '../model/stateful';
import { Stacks, resourcesOf } from './support/harness';
import { AwsSchemas, RealTerraform, pathsSet, realTerraform, sensitivePaths } from './support/terraform';
import { otherWays, synthesize } from './support/terraform-corpus';
import { describeGiven } from './support/tools';

/**
 * What Terraform itself says of the output: the real program and the real provider, before anything exists and without
 * an account. What needs neither of them (states, outputs, secrets, what is kept) is asked of the output alone.
 */
const app = synthesize();
afterAll(app.remove);

/** Of what production has not, the stacks that differ in kind; the others would only take time. */
const PLANNED_BESIDES = ['lab-shop-batch-tier', 'lab-shop-data', 'lab-shop-search-tier', 'lab-cluster', 'lab-network'];
const wanted = Object.keys(app.stacks).filter(
  (stack) => !stack.startsWith(`${otherWays.name}-`) || PLANNED_BESIDES.includes(stack),
);

describeGiven('Terraform with the AWS provider', realTerraform(), 'the real Terraform and AWS provider', (real) => {
  const planned = new Map<string, Planned>();
  beforeAll(async () => {
    for await (const one of planAll({
      stacks: wanted.map((stack) => [stack, join(app.source, stack)] as const),
      workFolder: join(real.folder, 'first-plan'),
      contracts: app.contracts,
    }))
      planned.set(one.stack, one);
  }, 600_000);
  afterAll(real.remove);

  it.each(wanted)('%s validates, and its first plan makes all that it holds and nothing else', (stack) => {
    expect(planned.get(stack)).toEqual({
      stack,
      shimmed: expect.any(Array),
      creates: resourcesOf(app.stacks[stack]).length,
      others: [],
    });
  });

  it('every stack with AWS resources was planned by the provider itself', () => {
    const own = wanted.filter((stack) => app.stacks[stack]?.provider?.aws);
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter((stack) => planned.get(stack)?.shimmed.includes('aws') !== false)).toEqual([]);
  });

  describe('finds out', () => {
    it('fails on an output that no producer publishes, by its name', async () => {
      const copy = changedCopy(real, 'production-shop-data', (text) =>
        text.replace('outputs.vpc-id', 'outputs.vpc-name'),
      );
      await expect(planOf(copy)).rejects.toThrow(
        "production-shop-data reads 'vpc-name' of production-contract, which publishes no such output",
      );
    });

    it('fails on a misspelt attribute', async () => {
      const copy = changedCopy(real, 'production-shop-data', (text) =>
        text.replace('visibility_timeout_seconds', 'visibility_timeout_second'),
      );
      expect((await planOf(copy)).problem).toContain('visibility_timeout_second');
    });

    it('fails on a value that the provider knows to be wrong', async () => {
      const copy = changedCopy(real, 'production-shop-data', (text) =>
        text.replace(/"visibility_timeout_seconds": *\d+/, '"visibility_timeout_seconds": 43201'),
      );
      expect((await planOf(copy)).problem).toContain('visibility_timeout_seconds');
    });

    it('fails on a reference to nothing in a stack whose providers are not to be had', async () => {
      const intact = changedCopy(real, 'production-shop-app-services', (text) => text);
      expect(await shimmedPlan(real, intact)).toMatchObject({ code: 0 });
      const copy = changedCopy(real, 'production-shop-app-services', (text) =>
        text.replace(/\$\{kubernetes_[\w-]+\.[\w-]+/, '${kubernetes_service_account_v1.nobody'),
      );
      const { code, stderr } = await shimmedPlan(real, copy);
      expect(code).not.toBe(0);
      expect(stderr).toContain('Reference to undeclared resource');
    });
  });

  describe('the schema of the provider', () => {
    let schemas: AwsSchemas;
    beforeAll(() => {
      schemas = real.awsSchemas();
    }, 60_000);

    it('knows every attribute whose change would replace what holds data', () => {
      const unknown = Object.entries(statefulTypes()).flatMap(([type, attributes]) =>
        attributes.filter((name) => !isIn(schemas, type, name)).map((name) => `${type}.${name}`),
      );
      expect(unknown).toEqual([]);
      expect(isIn(schemas, 'aws_sqs_queue', 'colour')).toBe(false);
    });

    it('finds nothing sensitive that synth sets, but what is listed', () => {
      expect(sensitiveOf(app.stacks, schemas)).toEqual(SENSITIVE);
    });

    it('fails on a password, however deep', () => {
      const database = { aws_db_instance: { orders: { password: 'hunter2' } } };
      const listener = {
        aws_lb_listener: {
          https: { default_action: [{ type: 'forward' }, { authenticate_oidc: { client_secret: 'x' } }] },
        },
      };
      expect(sensitiveOf({ stack: { terraform: {}, resource: { ...database, ...listener } } }, schemas)).toEqual([
        'aws_db_instance.password',
        'aws_lb_listener.default_action.authenticate_oidc.client_secret',
      ]);
    });
  });
});

/**
 * Sensitive arguments that synth sets, each with how its value is replaced before first use. None today: RDS keeps its
 * master password itself, and secrets are made empty.
 */
const SENSITIVE: readonly string[] = [];

const sensitiveOf = (stacks: Stacks, schemas: AwsSchemas): readonly string[] => {
  const found = Object.values(stacks).flatMap((stack) =>
    resourcesOf(stack).flatMap(({ type, values }) => {
      const set = new Set(pathsSet(values));
      return sensitivePaths(schemas[type]?.block ?? {})
        .filter((path) => set.has(path))
        .map((path) => `${type}.${path}`);
    }),
  );
  return [...new Set(found)].sort();
};

const isIn = (schemas: AwsSchemas, type: string, name: string): boolean => {
  const block = schemas[type]?.block;
  return block?.attributes?.[name] !== undefined || block?.block_types?.[name] !== undefined;
};

/** A stack alone in a folder of stacks, with one thing changed. */
const changedCopy = (
  real: RealTerraform,
  stack: string,
  change: (text: string) => string,
): { readonly source: string; readonly stack: string; readonly workFolder: string } => {
  const place = join(real.folder, `copy-${copies++}`);
  const source = join(place, 'stacks');
  mkdirSync(source, { recursive: true });
  cpSync(join(app.source, stack), join(source, stack), { recursive: true });
  writeFileSync(join(source, stack, 'cdk.tf.json'), change(app.texts[stack] ?? ''));
  return { source, stack, workFolder: join(place, 'work') };
};
let copies = 0;

const planOf = async ({ source, stack, workFolder }: ReturnType<typeof changedCopy>): Promise<Planned> => {
  for await (const planned of planAll({
    stacks: [[stack, join(source, stack)]],
    workFolder,
    contracts: app.contracts,
  }))
    return planned;
  throw new Error('nothing was planned');
};

const shimmedPlan = async (
  { terraform }: RealTerraform,
  { source, stack, workFolder }: ReturnType<typeof changedCopy>,
) => {
  const { folder } = stage(stack, join(source, stack), workFolder, app.contracts, () => false);
  await run(terraform, folder, ['init', '-no-color']);
  return run(terraform, folder, ['plan', '-no-color', '-refresh=false']);
};
