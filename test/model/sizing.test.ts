import catalogue from '../../model/catalogue/instances.json';
import { REGIONS } from '../../model/regions';
import {
  ARCHITECTURES,
  DAEMONS,
  NODE_SIZES,
  PROFILES,
  chooseInstance,
  instanceType,
  isOffered,
  roomOn,
} from '../../model/sizing';

it.each(REGIONS)('%s offers a machine for every profile, size and architecture, in every zone used', (region) => {
  for (const profile of PROFILES)
    for (const size of NODE_SIZES)
      for (const architecture of ARCHITECTURES) {
        const choice = chooseInstance({ profile, size, architecture, region });
        expect([
          profile,
          size,
          architecture,
          choice?.chosen.architecture,
          choice && isOffered(choice.chosen, region),
        ]).toEqual([profile, size, architecture, architecture, true]);
        expect(choice?.alternatives).not.toContain(choice?.chosen.type);
      }
});

it('the newest family comes first, and older ones are shown beside it', () => {
  expect(chooseInstance({ profile: 'cpu', size: 'xlarge', architecture: 'arm64', region: 'eu-west-1' })).toMatchObject({
    chosen: { type: 'c8g.xlarge' },
    alternatives: ['c7g.xlarge'],
  });
});

/**
 * What the kubelet keeps for itself, as Amazon's machine images compute it: of CPU 6 % of the first core, 1 % of the
 * second, half a percent of the next two and a quarter of the rest; of memory 255 MiB, 11 MiB for each pod that the
 * network interfaces would carry, and 100 MiB at which it evicts. Of the memory itself, a hypervisor keeps 7.5 %.
 * https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
it.each(catalogue.types.map((row) => [row.type, row] as const))(
  'what %s leaves to pods follows the formulas of its image',
  (type, row) => {
    const shares = [60, 10, 5, 5];
    const kept = Array.from({ length: row.vcpu }, (_, core) => shares[core] ?? 2.5).reduce(
      (sum, share) => sum + share,
      0,
    );
    const podsOfInterfaces =
      { large: 29, xlarge: 58, '2xlarge': 58, '4xlarge': 234, '8xlarge': 234 }[type.split('.')[1] ?? ''] ?? 0;
    const usable = (row.memoryMib - (row.arch === 'arm64' ? 64 : 0)) * 0.925;
    expect(row).toMatchObject({
      allocatableMillicores: Math.floor(row.vcpu * 1000 - kept),
      allocatableMib: Math.floor(usable - 255 - 11 * podsOfInterfaces - 100),
    });
  },
);

it('daemons take their part before products do', () => {
  const type = instanceType('c8g.xlarge');
  if (!type) throw new Error('the catalogue has no c8g.xlarge');
  expect(roomOn(type)).toEqual({ millicores: 3920 - DAEMONS.millicores, mib: 6525 - DAEMONS.mib });
});
