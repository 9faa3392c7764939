import { absent, always, byClass, count, oneOf, sizeOf, text } from './fields';
import { Rule } from './rules/rule';
import { ARCHITECTURES, NODE_SIZES, PROFILES } from './sizing';
import { Values } from './fields';

/** What a tier may say of its nodes. */
export const poolFields = {
  profile: oneOf(PROFILES, {
    doc: 'What the work needs most; `io` has local disks, on which pods keep what they can lose.',
    change: 'rolling',
    filled: always('balanced', 'four GiB for each vCPU fits work that nobody has measured yet'),
  }),
  size: oneOf(NODE_SIZES, {
    doc: 'The size of one node.',
    change: 'rolling',
    filled: byClass(
      { development: 'large', staging: 'large', production: 'xlarge' },
      "a node's fixed overhead takes 16 % of a large and half of that of an xlarge",
    ),
  }),
  architecture: oneOf(ARCHITECTURES, {
    doc: 'What its images are built for.',
    elsewhere: { amd64: 'x86_64', x64: 'x86_64', aarch64: 'arm64' },
    change: 'replaces',
    filled: always('arm64', 'the cheapest core in every family; images must be built for it'),
  }),
  instance: text({
    doc: 'One instance type by name, where profile and size are not enough.',
    pattern: /^[a-z]+\d+[a-z-]*\.[a-z0-9]+$/,
    allowed: 'must be an instance type',
    example: 'c8g.xlarge',
    change: 'rolling',
    filled: absent('profile and size choose it'),
  }),
  min: count({
    doc: 'Nodes at least.',
    least: 0,
    most: 450,
    moreIsSafer: true,
    change: 'in place',
    filled: byClass({ development: 1, staging: 2, production: 3 }, 'one node in each of three zones'),
  }),
  max: count({
    doc: 'Nodes at most.',
    least: 1,
    most: 450,
    change: 'in place',
    filled: byClass(
      { development: 3, staging: 6, production: 12 },
      'four times the least, which is a busy day for most products',
    ),
  }),
  volume: sizeOf({
    doc: 'Disk of one node, for images and logs.',
    least: '20 GiB',
    most: '1 TiB',
    whole: 'GiB',
    change: 'rolling',
    filled: always('50 GiB', 'two or three releases of every image, with room for logs'),
  }),
} as const;

export const poolRules: readonly Rule<Values<typeof poolFields>>[] = [
  {
    id: 'pool-bounds',
    needs: ['min', 'max'],
    at: 'min',
    refuses: ({ min, max }) =>
      min <= max
        ? undefined
        : { seen: String(min), allowed: `must not exceed max (${max})`, change: 'lower min or raise max' },
  },
];
