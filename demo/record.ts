import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Cluster } from './cluster';
import { Emulator } from './emulator';
import { Place } from './place';

/** What one command leaves for the next to find. */
export interface Running {
  /** The process that makes the demo, while it does. */
  readonly maker?: number;
  readonly emulator?: Emulator;
  /** Where in-cluster stacks were applied, if they were. */
  readonly cluster?: Cluster;
  /** Whether everything was made: only then is it worth keeping. */
  readonly finished: boolean;
}

export const readRecord = ({ record }: Place): Running | undefined => {
  if (!existsSync(record)) return undefined;
  return JSON.parse(readFileSync(record, 'utf8')) as Running;
};

/** Written aside and moved: whoever is killed half way leaves the last whole one. */
export const writeRecord = ({ folder, record }: Place, running: Running): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${record}.new`, JSON.stringify(running));
  renameSync(`${record}.new`, record);
};

export const removeRecord = ({ record }: Place): void => rmSync(record, { force: true });
