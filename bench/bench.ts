import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { floorProgram } from './floor';
import { Program, Usage, alternately, median, outputOf, quantile, runCold } from './measure';

/**
 * What our thinking costs: cold synth of whole processes, against programs that make the very same stacks with the
 * bindings alone, and against itself as products are added. Ratios of one run; seconds are this machine's.
 */
const AIMS = { wallSeconds: 1.3, cpuSeconds: 1.3, peakMib: 1.5 } as const;
const WORDS = { wallSeconds: 'wall, s', cpuSeconds: 'user+sys, s', peakMib: 'peak, MiB' } as const;
const [PAIRS, SCALE_ROUNDS] = [9, 5];
/** A hundred products may cost ten times what ten cost, and a tenth more. */
const LINEAR = 1.1;

const main = (): number => {
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}; medians, and the middle half of the ratios`,
  );
  const verdicts = [
    ...againstFloor('this repository', { name: 'repository', entry: 'main.ts' }),
    ...againstFloor('ten products', { name: 'ten-products', entry: 'bench/many-products.ts', args: ['10'] }),
    growth(),
  ];
  const missed = verdicts.filter((verdict) => verdict === 'missed').length;
  console.log(
    missed === 0
      ? '\nevery aim is met, or missed by no more than noise'
      : `\n${missed} of ${verdicts.length} aims missed by more than noise`,
  );
  return missed === 0 ? 0 : 1;
};

type Verdict = 'met' | 'within noise' | 'missed';
/** Missed only where three quarters of the rounds say so. */
const verdictOf = (ratios: readonly number[], aim: number): Verdict => {
  if (median(ratios) <= aim) return 'met';
  return quantile(ratios, 0.25) <= aim ? 'within noise' : 'missed';
};
const spread = (ratios: readonly number[]): string =>
  `${median(ratios).toFixed(2)} (${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)})`;

const againstFloor = (title: string, ours: Program): readonly Verdict[] => {
  runCold(ours);
  const floor: Program = { name: `${ours.name}-floor`, entry: join('.build', `${ours.name}-floor.ts`) };
  mkdirSync('.build', { recursive: true });
  writeFileSync(floor.entry, floorProgram(outputOf(ours)));
  runCold(floor);
  const resources = checkEqual(outputOf(ours), outputOf(floor));

  const rounds = alternately([ours, floor], PAIRS, 1);
  console.log(`\n${title}: ${resources.stacks} stacks, ${resources.count} resources, ${PAIRS} pairs`);
  row('', 'groundplan', 'floor', 'ratio', 'aim');
  return (Object.keys(AIMS) as (keyof Usage)[]).map((measure) => {
    const of = (program: number): readonly number[] => rounds.map((round) => round[program]?.[measure] ?? NaN);
    const ratios = rounds.map(([a, b]) => (a?.[measure] ?? NaN) / (b?.[measure] ?? NaN));
    const verdict = verdictOf(ratios, AIMS[measure]);
    row(
      WORDS[measure],
      median(of(0)).toFixed(2),
      median(of(1)).toFixed(2),
      spread(ratios),
      `≤ ${AIMS[measure]}`,
      verdict,
    );
    return verdict;
  });
};

const growth = (): Verdict => {
  const counts = [0, 10, 100];
  const rounds = alternately(
    counts.map((count) => ({ name: `products-${count}`, entry: 'bench/many-products.ts', args: [String(count)] })),
    SCALE_ROUNDS,
    0,
  );
  console.log(`\nproducts on one platform, ${SCALE_ROUNDS} rounds`);
  row('', ...counts.map((count) => `${count}`), '100 ÷ 10 × 10', 'aim');
  const medians = (measure: keyof Usage): readonly string[] =>
    counts.map((_, program) => median(rounds.map((round) => round[program]?.[measure] ?? NaN)).toFixed(2));
  const ratios = rounds.map(
    ([none, ten, hundred]) =>
      ((hundred?.wallSeconds ?? NaN) - (none?.wallSeconds ?? NaN)) /
      ((ten?.wallSeconds ?? NaN) - (none?.wallSeconds ?? NaN)) /
      10,
  );
  const verdict = verdictOf(ratios, LINEAR);
  row(WORDS.wallSeconds, ...medians('wallSeconds'), spread(ratios), `≤ ${LINEAR}`, verdict);
  row(WORDS.peakMib, ...medians('peakMib'));
  return verdict;
};

const row = (...cells: readonly string[]): void =>
  console.log(
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(14) : cell.padEnd(index > 2 ? 20 : 12)))
      .join('')
      .trimEnd(),
  );

/** The comparison is fair only while both make the same. */
const checkEqual = (ours: string, floor: string): { readonly stacks: number; readonly count: number } => {
  const stacks = readdirSync(join(ours, 'stacks'));
  let count = 0;
  for (const stack of stacks) {
    const [a, b] = [ours, floor].map(
      (folder) =>
        withoutNotes(JSON.parse(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'))) as {
          readonly resource?: Readonly<Record<string, object>>;
        },
    );
    if (!isDeepStrictEqual(a, b)) throw new Error(`the floor of ${stack} differs: compare ${ours} with ${floor}`);
    count += Object.values(a?.resource ?? {}).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
  }
  return { stacks: stacks.length, count };
};
const withoutNotes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNotes);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => key !== '//')
          .map(([key, inner]) => [key, withoutNotes(inner)]),
      )
    : value;
};

process.exitCode = main();
