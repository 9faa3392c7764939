import { PLATFORM_CLASSES, Values, absent, always, byClass, flag, oneOf, required, setOf, text } from './fields';
import { parseRange } from './address-plan';
import { DISCOVERY_KINDS } from './discovery-kinds';
import { KEY_ALLOWED, KEY_PATTERN, RESERVED_PLATFORM_WORDS, beginsWith } from './naming';
import { REGIONS, REGION_ROWS } from './regions';
import { Rule } from './rules/rule';
import { HOST_PATTERN } from './services/http';
import { KUBERNETES, KUBERNETES_VERSIONS, minorOf } from './versions';
import { listed, shown } from './words';

const supported = KUBERNETES_VERSIONS.map((version) => `${version} until ${KUBERNETES[version].supportedUntil}`).join(
  ', ',
);

const MAIL = /^(?=.{3,254}$)[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** What a platform may say of itself. */
export const platformFields = {
  name: text({
    doc: 'The first word of every name on it.',
    pattern: new RegExp(`(?=^.{1,20}$)${KEY_PATTERN.source}`),
    allowed: `${KEY_ALLOWED}, 20 characters at most`,
    example: 'production',
    change: 'replaces',
    filled: required,
  }),
  class: oneOf(PLATFORM_CLASSES, {
    doc: 'Chooses the defaults, and how safe they must be.',
    change: 'in place',
    filled: required,
  }),
  account: text({
    doc: 'The AWS account.',
    pattern: /^\d{12}$/,
    allowed: 'must be an AWS account id of 12 digits, as text',
    example: '111111111111',
    change: 'replaces',
    filled: required,
  }),
  region: oneOf(REGIONS, { doc: 'The AWS region.', change: 'replaces', filled: required }),
  domain: text({
    doc: 'The DNS zone that hosts are relative to; the platform makes it.',
    pattern: new RegExp(`(?=^.{1,253}$)(?=.*\\.[a-z][a-z0-9-]*$)${HOST_PATTERN.source}`),
    allowed: 'must be a domain of two labels or more, in lower case',
    example: 'example.com',
    change: 'replaces',
    filled: required,
  }),
  cidr: text({
    doc: 'The address range of its network.',
    pattern: /^(10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])|172\.(1[6-9]|2[1-9]|3[01])|192\.168)\.0\.0\/16$/,
    allowed: "must be a private /16 other than 172.20.0.0/16, which the cluster's services have",
    example: '10.20.0.0/16',
    change: 'replaces',
    filled: always('10.20.0.0/16', 'any private /16 serves a platform that is not peered'),
  }),
  zones: setOf({
    doc: 'Three zone ids.',
    pattern: /^[a-z]{3,4}\d-az[1-4]$/,
    least: 3,
    most: 3,
    allowed: 'must be a list of three different zone ids, numbered 1 to 4',
    example: "['euw1-az1', 'euw1-az2', 'euw1-az3']",
    change: 'replaces',
    filled: absent('three zones of the region in which current machines are offered'),
  }),
  control: oneOf(KUBERNETES_VERSIONS, {
    doc: `Kubernetes version of the control plane: ${supported}.`,
    only: 'up',
    change: 'in place',
    filled: always('1.35', 'the newest version that every add-on of the dated table is pinned for'),
  }),
  nodes: oneOf(KUBERNETES_VERSIONS, {
    doc: 'Kubernetes version of the nodes; follows the control plane.',
    only: 'up',
    change: 'rolling',
    filled: always('1.35', 'the newest version that every add-on of the dated table is pinned for'),
  }),
  nat: oneOf(['single', 'per-zone'], {
    doc: 'How nodes reach the internet.',
    ranked: true,
    change: 'in place',
    filled: byClass(
      { development: 'single', staging: 'single', production: 'per-zone' },
      'a zone that is lost must not take the way out of the others with it',
    ),
  }),
  endpoints: flag({
    doc: 'AWS APIs are reached inside the network instead of over NAT.',
    safer: true,
    change: 'in place',
    filled: byClass(
      { development: false, staging: false, production: true },
      'a network policy can name addresses of endpoints, and no other addresses of AWS',
    ),
  }),
  discovery: oneOf(DISCOVERY_KINDS, {
    doc: 'The registry that every service is found in, beside the names of the cluster itself.',
    change: 'interrupts',
    filled: always(
      'consul',
      'services outside the cluster find those inside by it; its servers have nodes of their own',
    ),
  }),
  admins: setOf({
    doc: 'IAM roles that may administer the cluster.',
    pattern: /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,128}$/,
    least: 1,
    most: 20,
    allowed: 'must be a list of 1 to 20 different ARNs of IAM roles',
    example: "['arn:aws:iam::111111111111:role/platform-team']",
    change: 'in place',
    filled: required,
  }),
  runners: setOf({
    doc: 'Address ranges from which deployments reach the Kubernetes API, besides its nodes. A public one opens its public endpoint to that range, and to no other.',
    pattern: { test: (written) => parseRange(written) !== undefined },
    least: 1,
    most: 20,
    allowed: 'must be a list of 1 to 20 different IPv4 ranges, none wider than /8 where private and /24 where public',
    example: "['10.20.0.0/16']",
    change: 'in place',
    filled: absent('those of its own network: a runner inside it'),
  }),
  pages: setOf({
    doc: 'Addresses of mail to which alerts go that cannot wait: those of an on-call service.',
    pattern: MAIL,
    most: 10,
    allowed: 'must be a list of at most 10 different addresses of mail',
    example: "['commerce@alerts.example.com']",
    change: 'in place',
    filled: absent('nobody is woken; the topic is there to subscribe to'),
  }),
  tickets: setOf({
    doc: 'Addresses of mail to which alerts go that can wait for the morning.',
    pattern: MAIL,
    most: 10,
    allowed: 'must be a list of at most 10 different addresses of mail',
    example: "['platform@example.com']",
    change: 'in place',
    filled: absent('nobody is told; the topic is there to subscribe to'),
  }),
  logDays: oneOf([7, 14, 30, 60, 90, 180, 365], {
    doc: 'Days that logs are kept.',
    ranked: true,
    change: 'in place',
    filled: byClass({ development: 14, staging: 30, production: 365 }, 'a year is what most audits ask for'),
  }),
} as const;

export const platformRules: readonly Rule<Values<typeof platformFields>>[] = [
  {
    id: 'nodes-follow-control-plane',
    needs: ['control', 'nodes'],
    at: 'nodes',
    // https://kubernetes.io/releases/version-skew-policy/
    refuses: ({ control, nodes }) => {
      const lag = minorOf(control) - minorOf(nodes);
      return lag >= 0 && lag <= 3
        ? undefined
        : {
            seen: shown(nodes),
            allowed: `must be at most three minor versions behind control ('${control}') and never ahead`,
            change: lag < 0 ? `write nodes: '${control}', or move control first` : 'move nodes first',
          };
    },
  },
  {
    id: 'zones-of-the-region',
    needs: ['region', 'zones'],
    at: 'zones',
    refuses: ({ region, zones }) => {
      const usable: readonly string[] = REGION_ROWS[region].zones;
      const strangers = (zones ?? []).filter((zone) => !usable.includes(zone));
      return strangers.length === 0
        ? undefined
        : {
            seen: strangers.map(shown).join(', '),
            allowed: `must be zones of ${region} that have the cluster's control plane and current machines (${listed(usable)})`,
            change: 'choose among these, or leave zones out',
          };
    },
  },
  {
    id: 'runners-inside',
    needs: ['class', 'runners'],
    at: 'runners',
    refuses: ({ class: platformClass, runners }) => {
      const outside = (runners ?? []).filter((range) => !parseRange(range)?.isPrivate);
      return platformClass !== 'production' || outside.length === 0
        ? undefined
        : {
            seen: outside.map(shown).join(', '),
            allowed: 'must be private in production, whose Kubernetes API answers inside its network only',
            change: 'deploy from a runner inside the network, or from one that is connected to it',
          };
    },
  },
  {
    id: 'platform-name-free',
    needs: ['name'],
    at: 'name',
    refuses: ({ name }) =>
      RESERVED_PLATFORM_WORDS.some((word) => beginsWith(name, word))
        ? {
            seen: shown(name),
            allowed: `must not begin with a word that AWS keeps for names of its own (${listed(RESERVED_PLATFORM_WORDS)})`,
            change: 'choose another name',
          }
        : undefined,
  },
];
