import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A TypeScript program of this repository, started as `cdktf synth` starts the app. */
export interface Program {
  readonly name: string;
  readonly entry: string;
  readonly args?: readonly string[];
}

/** What one whole process used: start, bundling and imports included. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

export const outputOf = ({ name }: Program): string => join('.build', 'bench', name);

export const runCold = (program: Program): Usage => {
  const outdir = outputOf(program);
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const args = [
    '--require',
    './bench/report-usage.cjs',
    join('tools', 'run.mjs'),
    program.entry,
    ...(program.args ?? []),
  ];
  const start = performance.now();
  const { status, stderr, output } = spawnSync(process.execPath, args, {
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const wallSeconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${program.entry} failed:\n${stderr}`);
  return { wallSeconds, ...(JSON.parse(output[3] ?? '') as Omit<Usage, 'wallSeconds'>) };
};

/** Runs the programs in turn, A B A B: whatever the machine does meanwhile meets all of them. */
export const alternately = (
  programs: readonly Program[],
  rounds: number,
  warmUps: number,
): readonly (readonly Usage[])[] => {
  for (let i = 0; i < warmUps; i++) programs.forEach(runCold);
  return Array.from({ length: rounds }, () => programs.map(runCold));
};

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
};
export const median = (values: readonly number[]): number => quantile(values, 0.5);
