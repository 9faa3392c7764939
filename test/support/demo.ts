import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Terraform } from '../../cli/terraform';
import { UserError } from '../../cli/user-error';
import type { Gap } from '../../demo/gaps';
import { lookPastGaps } from '../../demo/overrides';
import type { Place } from '../../demo/place';
import { Staging, staged } from '../../demo/stage';
import { apply, init } from '../../demo/terraform';

export const aFreePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/**
 * Tries one resource without a row that takes it away, cuts it short or looks past it, on copies of its stack and of the states: undefined where the
 * emulator took it, and what it said where it did not.
 */
export const refusalOf = async (terraform: Terraform, staging: Staging, gap: Gap): Promise<string | undefined> => {
  const { app, place, gaps } = staging;
  const stack = app.stacks.find(({ json }) => json.resource?.[gap.type]);
  const resource = Object.entries(stack?.json.resource?.[gap.type] ?? {}).find(
    ([, values]) => gap.is !== 'not taken' || gap.argument in values,
  );
  if (!stack || !resource) return undefined;
  const folder = join(place.folder, `try-${gap.type}-${gap.is.replace(' ', '-')}`);
  const aside: Place = { ...place, stacks: join(folder, 'stacks'), states: join(folder, 'state') };
  cpSync(place.states, aside.states, { recursive: true });
  const others = gaps.filter((one) => one !== gap);
  const copy = staged(stack, { ...staging, place: aside, gaps: others });
  lookPastGaps(copy, others, true);
  const address = `${gap.type}.${resource[0]}`;
  const only = [`-target=${address}`, ...(gap.is === 'not taken' ? [`-replace=${address}`] : [])];
  try {
    await init(terraform, copy.folder);
    await apply(terraform, copy.folder, undefined, only);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};

/**
 * What an emulator wrote down at its end and still means: no default network of the account, nothing that only waits
 * until it may be forgotten, no journal of what was.
 */
export const leftIn = (dump: string): readonly string[] =>
  readdirSync(dump).flatMap((file) => {
    const { payload } = JSON.parse(readFileSync(join(dump, file), 'utf8')) as { readonly payload: Stores };
    return Object.entries(payload).flatMap(([store, content]) =>
      Object.entries(content?.data ?? {})
        .filter(([key, value]) => !isOfTheAccount(key) && !isWaiting(value))
        .map(([key]) => `${file.replace(/json$/, store)} ${key.split('\0').at(-1)}`)
        .filter((entry) => !JOURNALS.some((journal) => entry.startsWith(`${journal} `))),
    );
  });

type Stores = Readonly<Record<string, { readonly data?: Readonly<Record<string, unknown>> } | undefined>>;

/** `account, region, id`, of which the first of each kind are there in every account. */
const isOfTheAccount = (key: string): boolean => /-0000000\d'$/.test(key);

/** Keys for a month, secrets for a week, gateways for an hour. */
const isWaiting = (value: unknown): boolean => {
  const { KeyState, DeletedDate, State } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return KeyState === 'PendingDeletion' || State === 'deleted' || typeof DeletedDate === 'number';
};

const JOURNALS = [
  'cloudwatch.alarm_history',
  'ec2.tags',
  'iam.aws_managed_attachment_counts',
  'route53.changes',
  'eventbridge._event_log',
];
