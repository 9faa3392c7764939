import { Construct } from 'constructs';
import { TierOpening } from '../../model/openings';
import { Known } from '../../model/refs';
import { Opening } from '../network/opening';

export interface TierOpeningsProps {
  readonly openings: readonly TierOpening[];
  readonly ownGroup: string;
  readonly groupOf: (tier: string) => string;
  readonly gatewayGroup: string;
  readonly known: (value: Known) => string;
}

/** Rules on a tier's own group and on those that it reaches: both ends belong to the tier that asks. */
export class TierOpenings extends Construct {
  constructor(scope: Construct, id: string, { openings, ownGroup, groupOf, gatewayGroup, known }: TierOpeningsProps) {
    super(scope, id);
    const groupOfPeer = (peer: TierOpening['peer']): string => {
      if ('store' in peer) return known(peer.store);
      return 'tier' in peer ? groupOf(peer.tier) : gatewayGroup;
    };
    for (const { id: name, port, peer, inbound, origin } of openings) {
      const [own, other] = [{ group: ownGroup }, { group: groupOfPeer(peer) }];
      new Opening(this, name, {
        from: inbound ? other : own,
        to: inbound ? own : other,
        protocol: 'tcp',
        port,
        origin,
      });
    }
  }
}
