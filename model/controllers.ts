import { PlatformNamespace } from './platform-namespaces';

/** Controllers that act in AWS: the account that their pods have, by which AWS knows them. One role each. */
export const CONTROLLER_ACCOUNTS = {
  'load-balancer': { namespace: 'platform-controllers', account: 'aws-load-balancer-controller' },
  'node-autoscaler': { namespace: 'platform-controllers', account: 'cluster-autoscaler' },
  'queue-scaler': { namespace: 'platform-controllers', account: 'keda-operator' },
} as const satisfies Readonly<Record<string, PodAccount>>;
export type AwsController = keyof typeof CONTROLLER_ACCOUNTS;

/** Collectors likewise; their roles stand where what they write to is made. */
export const COLLECTOR_ACCOUNTS = {
  logs: { namespace: 'platform-nodes', account: 'logs' },
  signals: { namespace: 'platform-telemetry', account: 'collector' },
} as const satisfies Readonly<Record<string, PodAccount>>;

/** Who saves the registry of services. */
export const SNAPSHOT_ACCOUNT = {
  namespace: 'platform-discovery',
  account: 'registry-snapshots',
} as const satisfies PodAccount;

export interface PodAccount {
  readonly namespace: PlatformNamespace;
  readonly account: string;
}
