import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as StackHelpers from '@cdktf/cli-core/src/lib/helpers/stack-helpers';

/**
 * The real CLI on the real app, with a Terraform that succeeds at everything and writes down what it was asked: which
 * stacks the CLI touches, in which order, and which requests it refuses. No account, no network, no state.
 */
const root = dirname(__dirname);
const work = mkdtempSync(join(tmpdir(), 'groundplan-cli-'));
const [output, terraform] = [join(work, 'out'), join(work, 'terraform')];
const cdktfJson = readFileSync(join(root, 'cdktf.json'), 'utf8');

// An apply takes its time, so that a consumer that did not wait for its producer would be seen.
const SUCCEEDING_TERRAFORM = `#!/bin/sh
log="\${TERRAFORM_LOG:-/dev/null}"
case "$1" in
  version) echo '{"terraform_version":"1.11.4","platform":"linux_amd64","provider_selections":{},"terraform_outdated":false}' ;;
  -v) echo 'Terraform v1.11.4' ;;
  plan) echo 'No changes.' ;;
  output) echo '{}' ;;
  apply | destroy) echo "start $(basename "$PWD") $*" >> "$log"; sleep 0.2 ;;
esac
echo "end $(basename "$PWD") $*" >> "$log"
`;

interface Run {
  readonly code: number | null;
  readonly said: string;
  /** What Terraform was asked, as `start` or `end`, stack, arguments. */
  readonly log: readonly string[];
}

const cdktf = async (...args: readonly string[]): Promise<Run> => {
  const place = mkdtempSync(join(work, 'run-'));
  const environment = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    CI: '1',
    CDKTF_HOME: place,
    TERRAFORM_BINARY_NAME: terraform,
    TERRAFORM_LOG: join(place, 'log'),
  };
  const child = spawn(join(root, 'node_modules', '.bin', 'cdktf'), [...args, '--output', output], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return {
    code,
    said: Buffer.concat(chunks).toString().replace(/\s+/g, ' '),
    log: readFileSync(join(place, 'log'), 'utf8').trim().split('\n'),
  };
};

type Stacks = Parameters<typeof StackHelpers.getMultipleStacks>[0];
const manifest = (): Stacks =>
  Object.values(
    (
      JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as {
        readonly stacks: Readonly<Record<string, Stacks[number]>>;
      }
    ).stacks,
  );

let synthesized: Run;
let helpers: typeof StackHelpers;
beforeAll(async () => {
  writeFileSync(terraform, SUCCEEDING_TERRAFORM);
  chmodSync(terraform, 0o755);
  mkdirSync(output);
  synthesized = await cdktf('synth');
  // Loading the CLI's own code asks Terraform for its version, and a refusal would be reported to its makers.
  Object.assign(process.env, { CHECKPOINT_DISABLE: '1', TERRAFORM_BINARY_NAME: terraform });
  helpers = jest.requireActual('@cdktf/cli-core/src/lib/helpers/stack-helpers');
});
afterAll(() => rmSync(work, { recursive: true }));

const touched = ({ log }: Run, command: string): readonly string[] =>
  [...new Set(log.filter((line) => line.split(' ')[2] === command).map((line) => line.split(' ')[1] ?? ''))].sort();
const shopStacks = (): readonly string[] =>
  manifest()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('production-shop-'))
    .sort();

/** What must be whole before what: each on the left ends before any on the right starts. */
const ORDER = [
  [
    ['gateway', 'data'],
    ['web-tier', 'app-tier'],
  ],
  [['web-tier', 'space'], ['web-services']],
  [['app-tier', 'space'], ['app-services']],
  [['web-services', 'app-services'], ['watch']],
].flatMap(([first = [], later = []]) =>
  first.flatMap((one) => later.map((other) => [`production-shop-${one}`, `production-shop-${other}`] as const)),
);

/** The pairs that did not keep their order. */
const disordered = (
  log: readonly string[],
  command: string,
  pairs: readonly (readonly [string, string])[],
): readonly string[] =>
  pairs
    .filter(([first, later]) => {
      const [end, start] = [
        log.findIndex((line) => line.startsWith(`end ${first} ${command}`)),
        log.findIndex((line) => line.startsWith(`start ${later} ${command}`)),
      ];
      return end === -1 || start === -1 || end > start;
    })
    .map((pair) => pair.join(' before '));

describe('npx cdktf', () => {
  it('synth succeeds, makes every stack of the app and leaves cdktf.json alone', () => {
    expect(synthesized).toMatchObject({ code: 0, said: expect.stringContaining('production-shop-data') });
    expect(
      manifest()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(readdirSync(join(output, 'stacks')).sort());
    expect(readFileSync(join(root, 'cdktf.json'), 'utf8')).toBe(cdktfJson);
  });

  it('diff production-shop-data plans that stack and no other', async () => {
    const run = await cdktf('diff', 'production-shop-data', '--skip-synth');
    expect(run.code).toBe(0);
    expect(touched(run, 'plan')).toEqual(['production-shop-data']);
    expect(touched(run, 'apply')).toEqual([]);
  });

  it("deploy 'production-shop-*' makes the product's stacks alone, producers first", async () => {
    const run = await cdktf('deploy', 'production-shop-*', '--auto-approve', '--skip-synth');
    expect(run.code).toBe(0);
    expect(touched(run, 'apply')).toEqual(shopStacks());
    expect(disordered(run.log, 'apply', ORDER)).toEqual([]);
    expect(disordered(run.log, 'apply', [['production-shop-watch', 'production-shop-data']])).toHaveLength(1); // else the line above proves nothing
  });

  it("destroy 'production-shop-*' removes the product's stacks alone, consumers first", async () => {
    const run = await cdktf('destroy', 'production-shop-*', '--auto-approve', '--skip-synth');
    expect(run.code).toBe(0);
    expect(touched(run, 'destroy')).toEqual(shopStacks());
    expect(
      disordered(
        run.log,
        'destroy',
        ORDER.map(([first, later]) => [later, first] as const),
      ),
    ).toEqual([]);
  });

  it('fails to deploy the cluster without its network, unless told that the network is there', async () => {
    const refused = await cdktf('deploy', 'production-cluster', '--auto-approve', '--skip-synth');
    expect(refused.code).not.toBe(0);
    expect(refused.said).toContain('not included in the stacks to run: production-network.');
    expect(touched(refused, 'apply')).toEqual([]);

    const deployed = await cdktf(
      'deploy',
      'production-cluster',
      '--auto-approve',
      '--skip-synth',
      '--ignore-missing-stack-dependencies',
    );
    expect(deployed.code).toBe(0);
    expect(touched(deployed, 'apply')).toEqual(['production-cluster']);
  });

  it('fails to destroy the network under its cluster', async () => {
    const refused = await cdktf('destroy', 'production-network', '--auto-approve', '--skip-synth');
    expect(refused.code).not.toBe(0);
    expect(refused.said).toContain('not included in the stacks to run: production-cluster, production-contract.');
    expect(touched(refused, 'destroy')).toEqual([]);
  });
});

/** The CLI's own check, which the runs above show to be the one: what it misses, by name, or nothing. */
const missing = (action: 'deploy' | 'destroy', ...patterns: readonly string[]): readonly string[] => {
  const all = manifest();
  const stacks = helpers.getMultipleStacks(all, [...patterns], action);
  try {
    if (action === 'deploy') helpers.checkIfAllDependenciesAreIncluded(stacks);
    else helpers.checkIfAllDependantsAreIncluded(stacks, all);
    return [];
  } catch (error) {
    return (/stacks to run: ([^.]*)\./.exec(String(error))?.[1] ?? String(error)).split(', ').sort();
  }
};

describe("the CLI's check of dependencies", () => {
  /** Each platform stack alone: what must be named with it. Products appear nowhere. */
  const ALONE: Readonly<Record<string, { readonly deploy: readonly string[]; readonly destroy: readonly string[] }>> = {
    'production-network': { deploy: [], destroy: ['production-cluster', 'production-contract'] },
    'production-cluster': {
      deploy: ['production-network'],
      destroy: ['production-contract', 'production-controllers', 'production-observability'],
    },
    'production-observability': {
      deploy: ['production-cluster'],
      destroy: ['production-contract', 'production-telemetry'],
    },
    'production-controllers': {
      deploy: ['production-cluster'],
      destroy: ['production-discovery', 'production-telemetry'],
    },
    'production-telemetry': {
      deploy: ['production-controllers', 'production-observability'],
      destroy: ['production-contract'],
    },
    'production-discovery': { deploy: ['production-controllers'], destroy: ['production-contract'] },
    'production-contract': {
      deploy: [
        'production-cluster',
        'production-discovery',
        'production-network',
        'production-observability',
        'production-telemetry',
      ],
      destroy: [],
    },
  };

  it('knows every stack of the platform', () => {
    expect(
      manifest()
        .map(({ name }) => name)
        // One platform stands for the others, and its stacks are not its products'.
        .filter((name) => /^production-(?!shop-|corner-)/.test(name))
        .sort(),
    ).toEqual(Object.keys(ALONE).sort());
  });

  it.each(Object.entries(ALONE))('for %s alone names stacks of the platform only', (stack, expected) => {
    expect({ deploy: missing('deploy', stack), destroy: missing('destroy', stack) }).toEqual(expected);
  });

  it.each(['deploy', 'destroy'] as const)(
    'lets %s pass for the whole platform, and for the whole product, without the other',
    (action) => {
      expect(missing(action, ...Object.keys(ALONE))).toEqual([]);
      expect(missing(action, 'production-shop-*')).toEqual([]);
    },
  );

  it('has nothing between a product and its platform, in either direction', () => {
    const crossing = manifest().flatMap(({ name, dependencies }) =>
      dependencies
        .filter((producer) => shopStacks().includes(name) !== shopStacks().includes(producer))
        .map((producer) => `${name} on ${producer}`),
    );
    expect(crossing).toEqual([]);
  });
});
