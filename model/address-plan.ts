/**
 * Where each subnet lies. A zone's slot is the number in its id (`euw1-az2` → 2), so that no zone's coming or going
 * moves another's addresses; four slots each leave room for a fourth zone. Ranges can never be changed later.
 */
export const SUBNET_KINDS = ['private', 'public', 'isolated', 'endpoint'] as const;
export type SubnetKind = (typeof SUBNET_KINDS)[number];

/** Offsets inside the platform's /16. Private ranges are the large ones: pods take whole /28 prefixes of them. */
const PLAN: Readonly<Record<SubnetKind, { readonly start: number; readonly bits: number }>> = {
  private: { start: 0, bits: 19 },
  public: { start: 128 * 256, bits: 22 },
  isolated: { start: 144 * 256, bits: 22 },
  endpoint: { start: 160 * 256, bits: 24 },
};

/** Inside no platform's range: rules refuse a `cidr` that meets it. */
export const SERVICE_CIDR = '172.20.0.0/16';
/** Among the first addresses of the range, which Kubernetes gives to nobody who asks for none in particular. */
export const REGISTRY_DNS_ADDRESS = '172.20.0.53';

export const zoneSlot = (zone: string): number => Number(/-az(\d+)$/.exec(zone)?.[1] ?? NaN);

export const subnetCidr = (platformCidr: string, kind: SubnetKind, zone: string): string => {
  const { start, bits } = PLAN[kind];
  return `${dotted(toNumber(platformCidr) + start + (zoneSlot(zone) - 1) * 2 ** (32 - bits))}/${bits}`;
};

const toNumber = (cidr: string): number =>
  (cidr.split('/')[0] ?? '').split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** An IPv4 range as people write it; nothing where it is none, or wider than anybody should be let in from. */
export const parseRange = (text: string): { readonly isPrivate: boolean } | undefined => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  // The address is the first of its range, or two spellings would be one range.
  if (toNumber(text) % 2 ** (32 - bits) !== 0) return undefined;
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b < 32 && bits >= 12) || (a === 192 && b === 168 && bits >= 16);
  return bits >= (isPrivate ? 8 : 24) ? { isPrivate } : undefined;
};

/** From where deployments come: a platform that says nothing lets in its own network. */
export const runnerRanges = ({
  cidr,
  runners = [cidr],
}: {
  readonly cidr: string;
  readonly runners?: readonly string[] | undefined;
}): { readonly inside: readonly string[]; readonly outside: readonly string[] } => {
  const inside = runners.filter((range) => parseRange(range)?.isPrivate);
  return { inside, outside: runners.filter((range) => !inside.includes(range)) };
};
