import { App } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformDeclaration, ProductDeclaration, ResolvedPlatform, resolvePlatforms } from '../../model';
import { contractsOf } from '../../model/producers';
import { RefTable } from '../../model/refs';
import { production } from '../../platforms/production';
import { compose } from '../../stacks/compose';
import { aPlatform } from './declarations';
import { Stacks, readStacks } from './harness';

/**
 * Words meet that may meet: a product of the same name runs on another platform of the account, a tier and a store share
 * a name, and a service is called what a store's own parts might be.
 */
const shopElsewhere = {
  name: 'shop',
  owner: 'commerce',
  tiers: { web: { pool: { profile: 'balanced', architecture: 'x86_64' } }, search: {}, batch: { retired: true } },
  services: {
    pages: { kind: 'web', host: 'www.lab.example.com', uses: { finder: 'call' } },
    finder: { kind: 'api', tier: 'search', host: 'finder', port: 9000, uses: { search: 'read', finds: 'publish' } },
    'search-monitoring': { kind: 'api', tier: 'search', consumes: 'finds', uses: { search: 'own', finder: 'call' } },
  },
  data: {
    search: { kind: 'postgresql', storage: '40 GiB' },
    finds: { kind: 'sqs' },
    leaflets: { kind: 'postgresql', storage: '20 GiB', released: 'nobody reads them' },
  },
};

const retired = {
  name: 'market',
  owner: 'commerce',
  services: { stalls: { kind: 'web', host: 'stalls' } },
  data: {
    visits: { kind: 'sqs', released: 'drained' },
    visitors: { kind: 'postgresql', storage: '20 GiB', released: 'archived' },
  },
};

/** What production has not, and the other platforms may have: no endpoints, one way out, another region, things retired and released. */
export const otherWays: PlatformDeclaration = aPlatform(
  [
    { product: shopElsewhere as unknown as ProductDeclaration },
    { product: retired as unknown as ProductDeclaration, retired: true },
  ],
  {
    name: 'lab',
    class: 'development',
    region: 'us-east-1',
    domain: 'lab.example.com',
    control: '1.35',
    nodes: '1.34',
  },
);

/** A synthesized app as it lies on disk, and what its declarations say it should be. */
export interface Synthesized {
  /** The folder of all stacks' folders. */
  readonly source: string;
  readonly stacks: Stacks;
  /** Each stack to the letter, notes of the framework included. */
  readonly texts: Readonly<Record<string, string>>;
  readonly resolved: readonly ResolvedPlatform[];
  readonly contracts: ReadonlyMap<string, RefTable>;
  readonly remove: () => void;
}

export const synthesize = (declarations: readonly PlatformDeclaration[] = [production, otherWays]): Synthesized => {
  const resolved = resolvePlatforms(declarations);
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-app-'));
  const app = new App({ outdir: folder });
  for (const platform of resolved) compose(app, platform);
  app.synth();
  const source = join(folder, 'stacks');
  const stacks = readStacks(source);
  return {
    source,
    stacks,
    texts: Object.fromEntries(
      Object.keys(stacks).map((stack) => [stack, readFileSync(join(source, stack, 'cdk.tf.json'), 'utf8')]),
    ),
    resolved,
    contracts: new Map(resolved.flatMap((platform) => [...contractsOf(platform)])),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
