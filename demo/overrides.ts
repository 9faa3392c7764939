import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackJson } from '../cli/stack-json';
import { Gap, gapsThat } from './gaps';

/** A copy of a stack, as far as overrides look at it. */
export interface Copy {
  readonly folder: string;
  readonly json: StackJson;
}

export const KNOWN_GAPS = 'known_gaps_override.tf.json';
export const GUARDS = 'guards_override.tf.json';

/**
 * While changes are made, the emulator's known gaps must not be among them: some would replace what they show on.
 * When a plan is only looked at, everything shows.
 */
export const lookPastGaps = ({ folder, json }: Copy, gaps: readonly Gap[], look: boolean): void => {
  rmSync(join(folder, KNOWN_GAPS), { force: true });
  const resource = eachResource(json, (type, values) => {
    const unkept = gapsThat(gaps, 'not kept').filter(({ again }) => !again);
    const unseen = [...unkept, ...gapsThat(gaps, 'not changed')].flatMap((gap) =>
      gap.type === type ? gap.attributes : [],
    );
    const own = (values.lifecycle as { readonly ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? [];
    return unseen.length > 0 && { lifecycle: { ignore_changes: [...own, ...unseen] } };
  });
  if (look && Object.keys(resource).length > 0) write(folder, KNOWN_GAPS, resource);
};

/** What guards a thing that holds data, and is in the way of whoever really wants it gone. */
const UNGUARDED: Readonly<Record<string, unknown>> = {
  deletion_protection: false,
  enable_deletion_protection: false,
  deletion_protection_enabled: false,
  skip_final_snapshot: true,
  skip_destroy: false,
  force_destroy: true,
};

/** Lifts every guard of a copy, from the start: guards of what exists already would have to be changed before a destroy. */
export const liftGuards = ({ folder, json }: Copy): void => {
  const resource = eachResource(json, (_type, values) => {
    const guards = Object.keys(UNGUARDED).filter((key) => key in values);
    const prevents = (values.lifecycle as { readonly prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
    return (
      (guards.length > 0 || prevents) && {
        ...Object.fromEntries(guards.map((key) => [key, UNGUARDED[key]])),
        ...(prevents && { lifecycle: { prevent_destroy: false } }),
      }
    );
  });
  if (Object.keys(resource).length > 0) write(folder, GUARDS, resource);
};

type Settings = Readonly<Record<string, unknown>>;

/** The attributes to override, by type and name; nothing of resources for which there are none. */
const eachResource = (
  json: StackJson,
  overrides: (type: string, values: Settings) => Settings | false,
): Record<string, Record<string, Settings>> => {
  const found: Record<string, Record<string, Settings>> = {};
  for (const [type, byName] of Object.entries(json.resource ?? {}))
    for (const [name, values] of Object.entries(byName)) {
      const override = overrides(type, values);
      if (override) (found[type] ??= {})[name] = override;
    }
  return found;
};

const write = (folder: string, file: string, resource: unknown): void =>
  writeFileSync(join(folder, file), JSON.stringify({ resource }, null, 2));
