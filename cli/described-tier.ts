import { TierOpening, tierOpenings } from '../model/openings';
import { poolFields } from '../model/pool-fields';
import { PlatformFacts, ResolvedTier } from '../model/resolved';
import { sharedPool } from '../model/shared-pool';
import { InstanceType, roomOn } from '../model/sizing';
import { shown } from '../model/words';
import { Row, aligned } from './columns';
import { describedFields } from './described-fields';
import { spelled } from './described-edge';

/** A tier: its nodes, why they are these, and what they leave to pods; and what is open to all of them. */
export const describedTier = (tier: ResolvedTier, platform: PlatformFacts): readonly string[] => [
  `tier ${tier.name}: ${tier.pool === 'shared' ? "on the platform's shared pool" : 'nodes of its own'}${tier.retired ? ', retired' : ''}`,
  ...aligned(tier.pool === 'shared' ? sharedNodes(platform) : ownNodes(tier.pool), 2),
  ...openings(tierOpenings(tier)),
];

const ownNodes = (pool: Exclude<ResolvedTier['pool'], 'shared'>): readonly Row[] => [
  ...describedFields(poolFields, { ...pool }, pool.origins),
  ['type', pool.type.type, `${pool.because}${otherwise(pool.alternatives)}`],
  room(pool.type),
];

const sharedNodes = (platform: PlatformFacts): readonly Row[] => {
  const { type, min, max, volumeGib, alternatives, because } = sharedPool(platform);
  return [
    ['min', shown(min), 'of the platform: it grows from nothing'],
    ['max', shown(max), `of the platform, in ${platform.class}`],
    ['volume', shown(`${volumeGib} GiB`), 'of the platform'],
    ['type', type.type, `${because}${otherwise(alternatives)}`],
    room(type),
  ];
};

const otherwise = (alternatives: readonly string[]): string =>
  alternatives.length === 0 ? '' : `; else ${alternatives.join(', ')}`;

const room = (type: InstanceType): Row => {
  const { millicores, mib } = roomOn(type);
  return [
    'a node',
    `${type.vcpu} vCPU, ${type.memoryMib / 1024} GiB`,
    `leaves ${millicores} millicores and ${mib} MiB to pods of products, ${type.pods} pods in all`,
  ];
};

const openings = (all: readonly TierOpening[]): readonly string[] =>
  all.length === 0
    ? ['  security groups: nothing is opened']
    : [
        '  security groups, shared by its nodes:',
        ...aligned(
          all.map(({ port, peer, inbound, origin }) => [
            inbound ? 'in' : 'out',
            `tcp ${port}`,
            inbound ? `from ${peerOf(peer)}` : `to ${peerOf(peer)}`,
            `for ${origin}`,
          ]),
          4,
        ),
      ];

const peerOf = (peer: TierOpening['peer']): string => {
  if ('store' in peer) return spelled(peer.store);
  return 'tier' in peer ? `tier ${peer.tier}` : 'the load balancer';
};
