import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from '../cli/arguments';
import { described, exceptions, hasEnded } from '../cli/exceptions';
import { ledgerState } from '../cli/ledger';
import { chosen, synthesizedStacks } from '../cli/synthesized';
import { PlatformDeclaration, resolvePlatform, resolvePlatforms } from '../model';
import { platforms } from '../platforms';
import { shop } from '../products/shop';
import { aPlatform, changed } from './support/declarations';

/** The commands of `npx groundplan`: what they look at, and what they refuse. */

describe('groundplan ledger', () => {
  const file = join('platforms', 'ledger', 'production.json');
  const bare = aPlatform([{ product: shop }]);
  const { ledger } = resolvePlatform(bare);
  const written = `${JSON.stringify(ledger, null, 2)}\n`;
  const state = (declared: PlatformDeclaration, found: string | undefined) =>
    ledgerState(resolvePlatform(declared), declared, () => found);

  it.each(resolvePlatforms(platforms).map((resolved, index) => [resolved.facts.platform, resolved, platforms[index]]))(
    'finds that %s looks at its file, which says what it holds (npx groundplan ledger writes it)',
    (_name, resolved, declared) => {
      const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
      expect(ledgerState(resolved, declared, read)).toMatchObject({ astray: undefined, stale: false });
    },
  );

  it('writes the first one where there is none', () => {
    expect(state(bare, undefined)).toEqual({ file, wanted: written, astray: undefined, stale: true });
  });

  it('writes what has changed', () => {
    const declared = { ...aPlatform([{ product: changed(shop, { 'data.letters': { kind: 'sqs' } }) }]), ledger };
    expect(state(declared, written)).toMatchObject({ astray: undefined, stale: true });
    expect(state(declared, written).wanted).toContain('"letters"');
    expect(state({ ...bare, ledger }, written)).toMatchObject({ astray: undefined, stale: false });
  });

  it.each([
    ['a platform that does not look at its file', undefined, written, 'is not what production looks at'],
    [
      'a platform that looks at another one',
      changed(ledger, { 'products.shop.tiers.web': 'retired' }),
      written,
      'is not the ledger that production looks at',
    ],
    ['a file that is missing', ledger, undefined, 'is missing, while production has a ledger from elsewhere'],
    ['a file that is spoilt', ledger, '{', 'is no JSON'],
  ])('fails for %s', (_what, imported, found, says) => {
    expect(state({ ...bare, ...(imported && { ledger: imported }) }, found).astray).toContain(says);
  });
});

describe('groundplan exceptions', () => {
  const excused = resolvePlatform(
    aPlatform(
      [
        {
          product: changed(shop, {
            'data.orders.availability': 'single',
            'data.orders.exceptions': { availability: { because: 'can be rebuilt', until: '2027-03-31' } },
          }),
          overrides: {
            tiers: {
              web: { pool: { min: 2, exceptions: { min: { because: 'a quiet region', until: '2027-06-30' } } } },
            },
          },
        },
      ],
      { logDays: 90, exceptions: { logDays: { because: 'kept elsewhere', until: '2028-01-01' } } },
    ),
  ).excused;

  it('finds that no exception of this repository has ended', async () => {
    const said = (['log', 'error'] as const).map((way) => jest.spyOn(console, way).mockImplementation());
    try {
      expect({ code: await exceptions({ flags: new Map(), names: [] }), ended: said[1]?.mock.calls }).toEqual({
        code: 0,
        ended: [],
      });
    } finally {
      for (const spy of said) spy.mockRestore();
    }
  });

  it('lists each with its reason and its last day, wherever it is written', () => {
    expect(excused.map((one) => described(one, '2027-01-01'))).toEqual([
      'production: exceptions.logDays: kept elsewhere; until 2028-01-01',
      'shop/production: data.orders.exceptions.availability: can be rebuilt; until 2027-03-31',
      'shop/production: overrides.tiers.web.pool.exceptions.min: a quiet region; until 2027-06-30',
    ]);
  });

  it.each([
    ['2027-03-30', []],
    ['2027-03-31', []],
    ['2027-04-01', ['2027-03-31']],
    ['2027-07-01', ['2027-03-31', '2027-06-30']],
  ])('on %s, those have ended: %j', (today, ended) => {
    expect(excused.filter((one) => hasEnded(one, today)).map(({ until }) => until)).toEqual(ended);
  });

  it('says what to do about one that has ended', () => {
    expect(excused.map((one) => described(one, '2027-04-01'))[1]).toBe(
      'shop/production: data.orders.exceptions.availability: can be rebuilt; ended on 2027-03-31; go back to the golden path, or write a new last day with its reason',
    );
  });

  it('fails on a day that there is not', async () => {
    await expect(exceptions({ flags: new Map([['--today', '2027-02-30']]), names: [] })).rejects.toThrow(
      "'2027-02-30' is no day; write it like '2027-03-31'",
    );
  });
});

describe('what stands behind a command', () => {
  const usage = 'plan --first [--today DAY] [STACK …]';

  it('is read by its usage', () => {
    expect(readArguments('plan', usage, ['a', '--today', '2027-03-31', '--first', 'b'])).toEqual({
      flags: new Map([
        ['--today', '2027-03-31'],
        ['--first', undefined],
      ]),
      names: ['a', 'b'],
    });
  });

  it.each([
    [
      'a misspelt flag',
      'ledger [--check]',
      ['--chek'],
      "do: '--chek' is not one of its flags (--check); did you mean '--check'?",
    ],
    [
      'another flag',
      'ledger [--check]',
      ['--dry-run'],
      "do: '--dry-run' is not one of its flags (--check); usage: npx groundplan ledger [--check]",
    ],
    [
      'any flag of a command that has none',
      'reference',
      ['-f'],
      "do: '-f' is not one of its flags (it has none); usage: npx groundplan reference",
    ],
    [
      'a name that means nothing',
      'ledger [--check]',
      ['check'],
      "do: 'check' has no meaning here; usage: npx groundplan ledger [--check]",
    ],
    [
      'a flag without its value',
      'exceptions [--today DAY]',
      ['--today'],
      "do: '--today' needs a value; write --today DAY",
    ],
    ['a flag that is written twice', 'ledger [--check]', ['--check', '--check'], "do: '--check' is written twice"],
  ])('fails for %s', (_what, of, args, says) => {
    expect(() => readArguments('do', of, args)).toThrow(says);
  });
});

describe('the stacks of a synthesized app', () => {
  const output = mkdtempSync(join(tmpdir(), 'groundplan-out-'));
  afterAll(() => rmSync(output, { recursive: true }));

  it('fail to be read before there are any', () => {
    expect(() => synthesizedStacks(output)).toThrow("nothing is synthesized yet; run 'npx cdktf synth' first");
  });

  it('are those of its manifest: folders of stacks that were removed lie about', () => {
    for (const stack of ['b', 'a', 'removed']) mkdirSync(join(output, 'stacks', stack), { recursive: true });
    const entry = (name: string) => ({ name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` });
    writeFileSync(join(output, 'manifest.json'), JSON.stringify({ stacks: { b: entry('b'), a: entry('a') } }));
    const stacks = synthesizedStacks(output);
    expect([...stacks]).toEqual([
      ['a', join(output, 'stacks', 'a')],
      ['b', join(output, 'stacks', 'b')],
    ]);
    expect(chosen(stacks, ['b']).map(([name]) => name)).toEqual(['b']);
    expect(() => chosen(stacks, ['removed'])).toThrow('no stack is called removed; there are a, b');
  });
});
