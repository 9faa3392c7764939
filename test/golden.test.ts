import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  ACCESS_BASELINE,
  GATEWAY_BASELINE,
  NAMESPACE_BASELINE,
  NODE_BASELINE,
  RUNNER_BASELINE,
} from '../model/baseline';
import { reference } from '../model/reference';
import { platforms } from '../platforms';
import { production } from '../platforms/production';
import { expectGolden } from './support/golden';
import { Stacks, resourcesOf, synth } from './support/harness';
import { stateList } from './support/state-list';

/**
 * What review sees: one file for each stack of production, and the lists that must not change unseen.
 * Is it right? is asked by the other tests; here it is only whether anything changed.
 */
const stacks = synth(production);
/** What is kept, and what is left open, is the same question everywhere. */
const everywhere = synth(...platforms);

/** Versions of providers are pinned in one table and would change every file at once. */
const readable = (stack: Stacks[string]): string => {
  const { required_providers: _versions, ...terraform } = stack.terraform;
  return `${JSON.stringify({ ...stack, terraform }, null, 2)}\n`;
};

it.each(Object.keys(stacks))('%s is what was reviewed', (stack) => {
  const json = stacks[stack];
  if (!json) throw new Error(`${stack} was not synthesized`);
  expectGolden(join('stacks', `${stack}.json`), readable(json));
});

it('every golden file has its stack', () => {
  const files = readdirSync(join('test', 'golden', 'stacks')).map((file) => file.replace(/\.json$/, ''));
  expect(files.sort()).toEqual(Object.keys(stacks));
});

it('the reference of the declaration says what the rows say (npx groundplan reference writes it)', () => {
  expect(readFileSync(join('docs', 'reference.md'), 'utf8')).toBe(reference());
});

it('whatever holds data is where it was', () => {
  expectGolden('state-list.txt', stateList(everywhere));
});

it('the baseline is the listed one', () => {
  const rows = [
    ...NODE_BASELINE.map((row) => [
      row.id,
      `${row.from} → ${row.to} ${row.protocol} ${row.port}${'last' in row ? `-${row.last}` : ''}`,
      'only' in row ? row.only : 'always',
      row.why,
    ]),
    ...RUNNER_BASELINE.map(({ id, port, why }) => [id, `runners → control-plane tcp ${port}`, 'always', why]),
    ...ACCESS_BASELINE.map(({ id, why }) => [id, 'access function', 'always', why]),
    ...GATEWAY_BASELINE.map(({ id, port, why }) => [id, `world → gateway tcp ${port}`, 'always', why]),
    ...NAMESPACE_BASELINE.map(({ id, why }) => [id, 'pods of a namespace', 'always', why]),
  ];
  expectGolden(
    'baseline.txt',
    `${rows.map(([id = '', what = '', when = '', why]) => `${id.padEnd(20)} ${what.padEnd(36)} ${when.padEnd(18)} ${why}`).join('\n')}\n`,
  );
});

/** What the security groups alone would let a tier do: wider than its services' edges, because nodes share a group. */
it('what is left open between tiers and stores on the wire is the listed reach', () => {
  const reach = Object.entries(stacks).flatMap(([stack, json]) =>
    resourcesOf(json)
      .filter(({ type, name }) => type === 'aws_vpc_security_group_egress_rule' && name.startsWith('openings_'))
      .map(({ values }) => `${stack}: ${values.tags.origin} → port ${values.from_port}`),
  );
  expect(reach.length).toBeGreaterThan(0);
  expectGolden('reach.txt', `${reach.sort().join('\n')}\n`);
});
