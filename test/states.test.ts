import { homedir, tmpdir } from 'node:os';
import { DeclarationError } from '../model';
import { dataKindNames, dataKindRow } from '../model/kinds';
import { productStack } from '../model/naming';
import { statefulTypes } from '../model/stateful';
import { Stacks, differences, resourcesOf, synth } from './support/harness';
import { platformWithOne, somethingOf } from './support/terraform-changes';
import { synthesize } from './support/terraform-corpus';

/** What is written for Terraform, asked without it: states and who reads them, secrets, what is kept. */
const app = synthesize();
afterAll(app.remove);

describe('states', () => {
  const site = {
    production: { bucket: 'groundplan-state-111111111111-eu-west-1', region: 'eu-west-1' },
    lab: { bucket: 'groundplan-state-111111111111-us-east-1', region: 'us-east-1' },
  } as const;
  const siteOf = (stack: string) => site[stack.startsWith('lab-') ? 'lab' : 'production'];

  it.each(Object.keys(app.stacks))(
    '%s has a state of its own, locked and encrypted, and the versions that are pinned',
    (stack) => {
      const {
        backend,
        required_version: version,
        required_providers: providers = {},
        ...more
      } = app.stacks[stack]?.terraform ?? {};
      expect(backend).toEqual({ s3: { ...siteOf(stack), key: `${stack}.tfstate`, encrypt: true, use_lockfile: true } });
      expect(version).toBe('>= 1.10.0');
      expect(PROVIDERS).toContainEqual(providers);
      expect(more).toEqual({});
    },
  );

  it('carry no way in: the AWS provider takes what its caller has, for one account only', () => {
    for (const [stack, json] of Object.entries(app.stacks)) {
      for (const provider of json.provider?.aws ?? [])
        expect(provider).toEqual({
          region: siteOf(stack).region,
          allowed_account_ids: ['111111111111'],
          default_tags: [{ tags: expect.objectContaining({ stack }) }],
        });
    }
  });

  it('are read by name only: no other data source, and nothing that the framework passes on by itself', () => {
    const sources = new Set(Object.values(app.stacks).flatMap((json) => Object.keys(json.data ?? {})));
    // The policy document is computed by the provider; it asks nobody.
    expect([...sources].sort()).toEqual(['aws_iam_policy_document', 'terraform_remote_state']);
    expect(
      Object.entries(app.texts)
        .filter(([, text]) => text.includes('cross-stack-output'))
        .map(([stack]) => stack),
    ).toEqual([]);
  });

  it.each([...app.contracts.keys()])('%s publishes what its contract says, whether or not anyone reads it', (stack) => {
    // What a retired product let go, its key included, it can promise no longer.
    const promised = LET_GO.includes(stack) ? {} : app.contracts.get(stack);
    expect(Object.keys(app.stacks[stack]?.output ?? {}).sort()).toEqual(Object.keys(promised ?? {}).sort());
  });

  it('publish nothing without a contract', () => {
    const published = Object.entries(app.stacks)
      .filter(([, json]) => json.output !== undefined)
      .map(([stack]) => stack);
    expect(published.filter((stack) => !app.contracts.has(stack))).toEqual([]);
  });

  it('are read where they lie, by a reader that is used, for an output that is published', () => {
    let read = 0;
    for (const [stack, json] of Object.entries(app.stacks)) {
      for (const [name, state] of Object.entries(json.data?.terraform_remote_state ?? {})) {
        const producer = name.replace(/^from-/, '');
        expect(state).toEqual({ backend: 's3', config: { ...siteOf(stack), key: `${producer}.tfstate` } });
        const outputs = [
          ...(app.texts[stack] ?? '').matchAll(
            new RegExp(`terraform_remote_state\\.${name}\\.outputs\\.([\\w-]+)`, 'g'),
          ),
        ].map(([, output = '']) => output);
        expect({ stack, producer, used: outputs.length > 0 }).toEqual({
          stack,
          producer,
          used: !LET_GO.includes(stack),
        });
        expect(outputs.filter((output) => !(output in (app.stacks[producer]?.output ?? {})))).toEqual([]);
        read += outputs.length;
      }
    }
    expect(read).toBeGreaterThan(20);
  });

  it('say nothing of the machine that synthesized them', () => {
    const places = [process.cwd(), homedir(), tmpdir()].filter((place) => place.length > 1);
    const told = Object.entries(app.texts).flatMap(([stack, text]) =>
      places.filter((place) => text.includes(`${place}/`)).map((place) => `${stack}: ${place}`),
    );
    expect(told).toEqual([]);
  });
});

describe('secrets', () => {
  it('there is nothing in any output that looks like one', () => {
    expect(
      Object.entries(app.texts).flatMap(([stack, text]) => secretsIn(text).map((secret) => `${stack}: ${secret}`)),
    ).toEqual([]);
  });

  it.each([
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\\nMIIE'],
    ['an access key', '"user_data": "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"'],
    ['a password', '"password": "hunter2"'],
    ['a master password', '"master_password": "hunter2"'],
    ['the value of a secret', '"secret_string": "{}"'],
    ['a token', '"value": "ghp_0123456789abcdefghijklmnopqrstuvwxyz"'],
    ['a signed token', '"value": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"'],
  ])('fails on %s', (_what, text) => {
    expect(secretsIn(`{ ${text} }`)).toHaveLength(1);
  });
});

describe('what holds data', () => {
  const types = statefulTypes();
  const dataStacks = Object.entries(app.stacks).filter(
    ([stack, { resource }]) => stack.endsWith('-data') && resource !== undefined,
  );

  it('is everything in a data stack that is not known to hold none', () => {
    expect(dataStacks.length).toBeGreaterThan(1);
    const unsorted = dataStacks.flatMap(([, json]) =>
      resourcesOf(json)
        .filter(({ type }) => !(type in types) && !HOLDS_NOTHING.has(type))
        .map(({ type }) => type),
    );
    expect(unsorted).toEqual([]);
    expect([...HOLDS_NOTHING].filter((type) => type in types)).toEqual([]);
  });

  it('may never be destroyed by Terraform, nor by AWS where AWS can be told', () => {
    const kept = dataStacks.flatMap(([stack, json]) =>
      resourcesOf(json)
        .filter(({ type }) => type in types)
        .map(({ type, name, values }) => ({ at: `${stack}: ${type}.${name}`, values })),
    );
    expect(kept.length).toBeGreaterThan(6);
    expect(kept.filter(({ values }) => values.lifecycle?.prevent_destroy !== true).map(({ at }) => at)).toEqual([]);
    const databases = dataStacks.flatMap(([, json]) => Object.values(json.resource?.aws_db_instance ?? {}));
    for (const database of databases)
      expect(database).toMatchObject({
        deletion_protection: true,
        skip_final_snapshot: false,
        delete_automated_backups: false,
      });
  });

  describe.each(dataKindNames)('of kind %s', (kind) => {
    let before: Stacks = {};
    let kept: readonly unknown[] = [];
    beforeAll(() => {
      before = synth(platformWithOne(kind, {}));
      kept = forcing(before);
    });

    it('is there', () => expect(kept.length).toBeGreaterThan(0));

    it.each(Object.entries(dataKindRow(kind).fields).filter(([, { change }]) => change !== 'replaces'))(
      'stays when %s is changed',
      (field, row) => {
        const changes = somethingOf(row).flatMap((value) =>
          attempted(() => synth(platformWithOne(kind, { [field]: value }))),
        );
        for (const after of changes) expect(forcing(after)).toEqual(kept);
        // Else nothing was changed, and the line above proves nothing.
        expect(changes.some((after) => differences(before, after).length > 0)).toBe(true);
      },
    );
  });
});

/** A stack has AWS resources, objects of the cluster, or none of its own; never two of these. */
const PROVIDERS = [
  { aws: { source: 'aws', version: '>= 5.100.0, < 7.0.0' } },
  { kubernetes: { source: 'kubernetes', version: '>= 2.38.0, < 3.0.0' } },
  {
    kubernetes: { source: 'kubernetes', version: '>= 2.38.0, < 3.0.0' },
    helm: { source: 'helm', version: '>= 3.1.0, < 4.0.0' },
  },
  {},
];

const LET_GO = app.resolved.flatMap(({ products }) =>
  products.filter(({ retired }) => retired).map(({ site }) => productStack(site, 'data')),
);

/** What comes and goes with what it serves, in a stack that holds data. */
const HOLDS_NOTHING: ReadonlySet<string> = new Set([
  'aws_backup_plan',
  'aws_backup_selection',
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  'aws_iam_role_policy',
  'aws_lambda_function',
  'aws_lambda_permission',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_cloudwatch_log_group',
  'aws_db_parameter_group',
  'aws_elasticache_parameter_group',
  'aws_elasticache_subnet_group',
  'aws_elasticache_user',
  'aws_elasticache_user_group',
  'aws_db_subnet_group',
  'aws_iam_role',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_security_group',
  'aws_sqs_queue_policy',
  'aws_sqs_queue_redrive_allow_policy',
]);

/** Every address that holds data, with the attributes whose change would replace it. */
const forcing = (stacks: Stacks): readonly unknown[] => {
  const types = statefulTypes();
  return Object.entries(stacks).flatMap(([stack, json]) =>
    resourcesOf(json)
      .filter(({ type }) => type in types)
      .map(({ type, name, values }) => ({
        at: `${stack}: ${type}.${name}`,
        ...Object.fromEntries((types[type] ?? []).map((attribute) => [attribute, values[attribute]])),
      })),
  );
};

/** Values that a rule refuses beside the others are not legal changes. */
const attempted = <T>(work: () => T): readonly T[] => {
  try {
    return [work()];
  } catch (error) {
    if (error instanceof DeclarationError) return [];
    throw error;
  }
};

/** References are `${…}`; what stands in clear under such a name is a value. */
const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /"(?:[a-z_]*password(?:_wo)?|secret_string|secret_binary|auth_token|access_key|secret_key|private_key|client_secret)": *"(?!\$\{)[^"]+"/,
  /\b(?:gh[pousr]|github_pat|xox[abp])[_-][A-Za-z0-9_-]{20,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];
const secretsIn = (text: string): readonly string[] => SECRETS.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
