import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { UserError } from '../../cli/user-error';
import { endpointOf } from '../../demo/emulator';
import { signedFor } from '../../demo/facts';
import type { Gap } from '../../demo/gaps';
import { lookPastGaps } from '../../demo/overrides';
import { type Place, stateOf } from '../../demo/place';
import type { Rollout } from '../../demo/rollout';
import { staged } from '../../demo/stage';
import { resourcesIn } from '../../demo/states';
import { apply, destroy, init } from '../../demo/terraform';

export const aFreePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/**
 * Tries resources of a row's type without the row, on copies of their stacks and of the states; or tries to destroy them,
 * where the row is about that. What the emulator says to the first that it refuses, and undefined where it refuses none.
 */
export const refusalOf = async (
  { terraform, staging, port }: Pick<Rollout, 'terraform' | 'staging' | 'port'>,
  gap: Gap,
): Promise<string | undefined> => {
  const { app, place, gaps } = staging;
  const folder = join(place.folder, `try-${gap.type}-${gap.is.replace(' ', '-')}`);
  const aside: Place = { ...place, stacks: join(folder, 'stacks'), states: join(folder, 'state') };
  cpSync(place.states, aside.states, { recursive: true });
  const others = gaps.filter((one) => one !== gap);
  for (const stack of app.stacks) {
    const resource = Object.entries(stack.json.resource?.[gap.type] ?? {}).find(
      ([, values]) => gap.is !== 'not taken' || gap.argument in values,
    );
    if (!resource) continue;
    const [name] = resource;
    const copy = staged(stack, { ...staging, place: aside, gaps: others });
    lookPastGaps(copy, others, true);
    const address = `${gap.type}.${name}`;
    const only = [`-target=${address}`, ...(gap.is === 'not taken' ? [`-replace=${address}`] : [])];
    try {
      await init(terraform, copy);
      await (gap.is === 'not destroyed' ? destroy : apply)(terraform, copy.folder, undefined, only);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (gap.type === 'aws_eks_addon') await removeAddOns(port, stateOf(place, stack.name));
      return error.message;
    }
  }
  return undefined;
};

/**
 * Only its answers were unreadable: the add-on is there, as are those that it needs, and the answers to their removal
 * would be unreadable as well.
 */
const removeAddOns = async (port: number, state: string): Promise<void> => {
  for (const { type, values } of resourcesIn(state)) {
    if (type !== 'aws_eks_addon') continue;
    await fetch(`${endpointOf(port)}/clusters/${String(values.cluster_name)}/addons/${String(values.addon_name)}`, {
      method: 'DELETE',
      headers: signedFor('eks', '000000000000', 'eu-west-1'),
    });
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

/** `account, region, id`: the first networks, and what is called a default, are there in every account. */
const isOfTheAccount = (key: string): boolean => /-0000000\d'$/.test(key) || /'default(\.[\w.]+)?'$/.test(key);

/** Keys for a month, secrets for a week, gateways for an hour. */
const isWaiting = (value: unknown): boolean => {
  const { KeyState, DeletedDate, State } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return KeyState === 'PendingDeletion' || State === 'deleted' || typeof DeletedDate === 'number';
};

const JOURNALS = [
  'cloudwatch.alarm_history',
  'ec2.tags',
  'elasticache.events',
  'iam.aws_managed_attachment_counts',
  'route53.changes',
  'eventbridge._event_log',
];
