import { Registry } from './discovery-kinds';
import { PlatformClass } from './fields';
import { PlatformFacts } from './resolved';
import { InstanceType, NODE_SIZES, chooseInstance } from './sizing';

/** What the servers of a registry need, and what they are given. */

export interface ServerNeed {
  /** Odd: an even one more tolerates no more. */
  readonly servers: number;
  readonly vcpu: number;
  readonly memoryGib: number;
  readonly volumeGib: number;
  /** What the volume is made for, and what its machine must sustain, not burst. */
  readonly iops: number;
  readonly mibs: number;
  readonly because: string;
}

/** https://developer.hashicorp.com/consul/docs/reference/architecture/server: "small" and "large" on AWS. */
const NEEDS: Readonly<Record<Registry, Readonly<Record<PlatformClass, ServerNeed>>>> = {
  consul: {
    development: {
      servers: 3,
      vcpu: 2,
      memoryGib: 8,
      volumeGib: 20,
      iops: 3000,
      mibs: 75,
      because: 'less throughput than its makers ask for: enough for a registry that nobody depends on',
    },
    staging: {
      servers: 3,
      vcpu: 4,
      memoryGib: 16,
      volumeGib: 100,
      iops: 3000,
      mibs: 125,
      because: 'what its makers call a small deployment: 2 to 4 cores, 8 to 16 GiB, 3,000 IOPS, 125 MB/s',
    },
    production: {
      servers: 5,
      vcpu: 8,
      memoryGib: 32,
      volumeGib: 200,
      iops: 7500,
      mibs: 250,
      because: 'the least that its makers ask of production: 8 cores, 32 GiB, 7,500 IOPS, 250 MB/s',
    },
  },
};

export interface QuorumPlan {
  readonly need: ServerNeed;
  readonly type: InstanceType;
  /** One pool of nodes for each zone, because a volume cannot leave its zone; one node for each server. */
  readonly pools: readonly { readonly zone: string; readonly nodes: number }[];
}

/** What the servers of a platform's registry run on, or nothing where it has none. */
export const quorumPlan = (
  platform: Pick<PlatformFacts, 'class' | 'region' | 'zones' | 'discovery'>,
): QuorumPlan | undefined => {
  if (platform.discovery === 'none') return undefined;
  const need = NEEDS[platform.discovery][platform.class];
  const pools = spread(need.servers, platform.zones);
  const type = NODE_SIZES.map(
    (size) => chooseInstance({ profile: 'balanced', size, architecture: 'arm64', region: platform.region }).chosen,
  ).find((candidate) => shortfalls(need, candidate).length === 0);
  if (!type) throw new Error(`no machine of the catalogue sustains what servers of ${platform.discovery} need`);
  const broken = [...unsurvivable(pools), ...unprovisionable(need)];
  if (broken.length > 0) throw new Error(`servers of ${platform.discovery}: ${broken.join('; ')}`);
  return { need, type, pools };
};

/** As evenly as whole servers go; which zones have one more is decided by their ids, never by the order of writing. */
export const spread = (servers: number, zones: readonly string[]): QuorumPlan['pools'] =>
  [...zones].sort().map((zone, index) => ({
    zone,
    nodes: Math.floor(servers / zones.length) + (index < servers % zones.length ? 1 : 0),
  }));

/** Whether any one zone may be lost and a majority is left. */
export const unsurvivable = (pools: QuorumPlan['pools']): readonly string[] => {
  const servers = pools.reduce((sum, { nodes }) => sum + nodes, 0);
  const quorum = Math.floor(servers / 2) + 1;
  return pools
    .filter(({ nodes }) => servers - nodes < quorum)
    .map(
      ({ zone, nodes }) =>
        `of ${servers} servers ${zone} has ${nodes}, and without them ${servers - nodes} are left of the ${quorum} that a majority takes`,
    );
};

/** In what a machine falls short of a need, in numbers. Baselines, because what is only burst is gone when it is needed. */
export const shortfalls = (need: ServerNeed, type: InstanceType): readonly string[] => {
  const rows = [
    { what: 'cores', asked: need.vcpu, offered: type.vcpu },
    { what: 'GiB of memory', asked: need.memoryGib, offered: type.memoryMib / 1024 },
    { what: 'EBS operations each second', asked: need.iops, offered: type.ebsIops },
    { what: 'MiB each second to EBS', asked: need.mibs, offered: type.ebsMibs },
    { what: 'Gbps of network', asked: restoreGbps(need), offered: type.networkGbps },
  ];
  return rows
    .filter(({ asked, offered }) => offered < asked)
    .map(({ what, asked, offered }) => `${type.type} sustains ${offered} ${what} of ${asked}`);
};

/** A server that comes back takes a snapshot over the network, as large as half the memory of another, in two minutes. */
const restoreGbps = ({ memoryGib }: ServerNeed): number =>
  Math.round((((memoryGib / 2) * 2 ** 30 * 8) / 120 / 1e9) * 100) / 100;

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
export const unprovisionable = ({ volumeGib, iops, mibs }: ServerNeed): readonly string[] => [
  ...(iops > Math.max(3000, volumeGib * 500) ? [`gp3 gives ${volumeGib} GiB no ${iops} IOPS`] : []),
  ...(Math.max(125, mibs) > iops * 0.25 ? [`gp3 gives ${iops} IOPS no ${mibs} MiB/s`] : []),
];

/** gp3 has this much without asking, and takes no smaller figure. */
export const GP3_LEAST = { iops: 3000, mibs: 125 } as const;
