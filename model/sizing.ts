import catalogue from './catalogue/instances.json';
import { REGION_ROWS, Region } from './regions';

/** Which machine a pool runs on: what the work needs goes in, one type from the dated catalogue comes out. */

/** Families by profile, the preferred first; x86 where the image is not built for arm64. */
const FAMILIES = {
  cpu: { arm64: ['c8g', 'c7g'], x86_64: ['c7i'] },
  balanced: { arm64: ['m8g', 'm7g'], x86_64: ['m7i'] },
  memory: { arm64: ['r8g', 'r7g'], x86_64: ['r7i'] },
  io: { arm64: ['i8g', 'i4g'], x86_64: ['i4i'] },
} as const;

export type Profile = keyof typeof FAMILIES;
export const PROFILES = Object.keys(FAMILIES) as Profile[];
export const ARCHITECTURES = ['arm64', 'x86_64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];
export const NODE_SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'] as const;
export type NodeSize = (typeof NODE_SIZES)[number];

export interface InstanceType {
  readonly type: string;
  readonly architecture: Architecture;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly allocatableMillicores: number;
  readonly allocatableMib: number;
  readonly pods: number;
  /** Local disks, lost with the node; 0 where it has none. */
  readonly nvmeGb: number;
  /** What is sustained; bursts are not counted on. */
  readonly ebsIops: number;
  readonly ebsMibs: number;
  readonly networkGbps: number;
  /** In how many zones of each region it is offered. */
  readonly zones: Readonly<Record<string, number>>;
}

export const CATALOGUE_DATE = catalogue.asOf;
const TYPES: readonly InstanceType[] = catalogue.types.map(({ arch, ...row }) => ({
  ...row,
  architecture: arch === 'arm64' ? 'arm64' : 'x86_64',
}));

export interface Choice {
  readonly chosen: InstanceType;
  /** Shown to people, never deployed. */
  readonly alternatives: readonly string[];
  readonly because: string;
}

export interface Need {
  readonly profile: Profile;
  readonly size: NodeSize;
  readonly architecture: Architecture;
  readonly region: Region;
}

/** The type for a pool. The catalogue has one for every need in every region; one that is added must come with its types. */
export const chooseInstance = ({ profile, size, architecture, region }: Need): Choice => {
  const families: readonly string[] = FAMILIES[profile][architecture];
  const [chosen, ...others] = families
    .map((family) => instanceType(`${family}.${size}`))
    .filter((type) => type !== undefined && isOffered(type, region));
  if (!chosen) throw new Error(`the catalogue has no ${families.join(' or ')} in ${size} for ${region}`);
  return {
    chosen,
    alternatives: others.flatMap((type) => (type ? [type.type] : [])),
    because: `the newest ${profile} family for ${architecture} that ${region} offers in every zone used (catalogue of ${CATALOGUE_DATE})`,
  };
};

export const isOffered = (type: InstanceType, region: Region): boolean =>
  (type.zones[region] ?? 0) >= REGION_ROWS[region].offeredIn;

export const instanceType = (name: string): InstanceType | undefined => TYPES.find(({ type }) => type === name);
export const instanceTypeNames = (): readonly string[] => TYPES.map(({ type }) => type);

/** What a node's own pods ask for: logs, network, storage, identity. An assumption until one measures them. */
export const DAEMONS = { millicores: 260, mib: 420 } as const;

/** What one node of a type leaves to the pods of products. */
export const roomOn = ({
  allocatableMillicores,
  allocatableMib,
}: InstanceType): { readonly millicores: number; readonly mib: number } => ({
  millicores: allocatableMillicores - DAEMONS.millicores,
  mib: allocatableMib - DAEMONS.mib,
});
