import { GP3_LEAST, ServerNeed } from './discovery';

/** Which of two pods goes first where there is room for one. */
export const PRIORITY_CLASSES = [
  { name: 'serving', value: 1000, preempts: true, why: 'somebody waits for the answer' },
  { name: 'working', value: 500, preempts: true, why: 'a queue waits, and can' },
  {
    name: 'batch',
    value: 100,
    preempts: false,
    why: 'nobody waits: it takes room that is free, and drives nobody out',
  },
] as const;

export interface StorageClassRow {
  readonly name: string;
  /** Taken by claims that name none. */
  readonly usual: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What volumes of pods are made of. Encrypted all; kept when their claim goes, because a claim goes by mistake too. */
export const storageClasses = (keyArn: string, servers: ServerNeed | undefined): readonly StorageClassRow[] => [
  { name: 'gp3', usual: true, parameters: gp3(keyArn, GP3_LEAST) },
  ...(servers
    ? [
        {
          name: QUORUM_STORAGE_CLASS,
          usual: false,
          parameters: gp3(keyArn, { iops: servers.iops, mibs: Math.max(servers.mibs, GP3_LEAST.mibs) }),
        },
      ]
    : []),
];

/** Fast enough for servers that agree on every write before they answer. */
export const QUORUM_STORAGE_CLASS = 'quorum';

const gp3 = (keyArn: string, { iops, mibs }: { readonly iops: number; readonly mibs: number }) => ({
  type: 'gp3',
  'csi.storage.k8s.io/fstype': 'ext4',
  encrypted: 'true',
  kmsKeyId: keyArn,
  iops: `${iops}`,
  throughput: `${mibs}`,
});
