import { Known } from './refs';
import { CloudWatchMeasure } from './signals';

/**
 * What an edge opens, as data. A kind says which grants its verbs need; the constructs that render grants know no kind.
 * Whatever is not granted is closed.
 */
export type Grant = Connection | Actions | Login | Membership | Coordinates | Backlog;

/** Packets: from the consumer's pods and nodes to a port. */
export interface Connection {
  readonly grant: 'connection';
  readonly port: number;
  readonly to: { readonly store: string; readonly group: Known } | { readonly service: string; readonly tier: string };
}

/** Calls to an AWS API: rights of the consumer's role, and the way to the API's endpoint. */
export interface Actions {
  readonly grant: 'actions';
  readonly api: AwsApi;
  readonly actions: readonly string[];
  readonly on: readonly Known[];
  /** Only in the name of this other API: a key is used by the queue, never by hand. */
  readonly via?: AwsApi;
}
export type AwsApi = 'sqs' | 'kms' | 'secretsmanager';

/** A secret of the consumer's own that holds its user of a store, mounted as files. */
export interface Login {
  readonly grant: 'login';
  /** The function that makes the user and changes its password. */
  readonly rotatedBy: Known;
  /** The first name of its store: what is made for it keeps its address when the store is called otherwise. */
  readonly store: string;
  readonly secret: string;
}

/** A user of the consumer's own in a store that knows identities of AWS: no password, and nothing to rotate. */
export interface Membership {
  readonly grant: 'membership';
  readonly store: string;
  readonly user: string;
  readonly group: string;
  readonly engine: string;
  /** What it may do, in the store's own words. */
  readonly access: string;
  /** What it connects to, besides its user. */
  readonly on: readonly Known[];
}

/** What the application reads from its environment: `<NAME>_<key>`. Never a secret. */
export interface Coordinates {
  readonly grant: 'coordinates';
  /** Each key is one word. */
  readonly values: Readonly<Record<string, Known>>;
}

/** What waits for a consumer: by its age for people, by its length for the autoscaler. */
export interface Backlog {
  readonly grant: 'backlog';
  readonly oldest: CloudWatchMeasure;
  /** What the autoscaler asks; `perReplica` names the value that says how much one replica can take. */
  readonly trigger: {
    readonly type: string;
    readonly metadata: Readonly<Record<string, Known>>;
    readonly perReplica: string;
  };
}

export interface Verb<Facts> {
  readonly doc: string;
  readonly grants: (target: Facts, consumer: Consumer) => readonly Grant[];
  /** The field that says how long whatever was taken stays hidden from others. */
  readonly hiddenFor?: string;
}

/** What a grant may know of the service that it is given to. */
export interface Consumer {
  readonly service: string;
  readonly tier: string;
}

/** One declared relation, and all that it opens. Its origin is written on everything it makes. */
export interface Edge {
  readonly origin: string;
  readonly from: string;
  readonly verb: string;
  readonly to: string;
  readonly grants: readonly Grant[];
}

export const edgeOrigin = (from: string, verb: string, to: string): string => `${from}/${verb}/${to}`;
