import { FieldTable } from '../model/fields';
import { dataKindRow, serviceKindRow } from '../model/kinds';
import { LedgerProduct } from '../model/ledger';
import { own } from '../model/plain';
import { Excused } from '../model/problems';
import { PlatformFacts, ResolvedDatum, ResolvedPlatform, ResolvedProduct, ResolvedService } from '../model/resolved';
import { serviceFields } from '../model/services/kind';
import { Signal } from '../model/signals';
import { shown } from '../model/words';
import { Row, aligned } from './columns';
import { describedEdge } from './described-edge';
import { describedFields } from './described-fields';
import { describedTier } from './described-tier';

/**
 * Everything that was decided for a product on one platform, for people who ask why: a view of the resolution, in the
 * declaration's words. It has no secret to hide, for the resolution has none.
 */
export const described = ({ ledger, excused }: ResolvedPlatform, product: ResolvedProduct): string => {
  const { site, platform, retired, tiers, data } = product;
  const services = tiers.flatMap((tier) => tier.services);
  return [
    [
      `${site.product} on ${site.platform}${retired ? ', retired' : ''}`,
      ...aligned(
        [
          ['owner', site.owner],
          [
            'platform',
            `class ${platform.class}, account ${site.account}, ${site.region}: ${platform.zones.join(', ')}`,
          ],
        ],
        2,
      ),
    ],
    ...tiers.map((tier) => describedTier(tier, platform)),
    ...services.map((service) => describedService(service, platform)),
    ...data.map((datum) => describedDatum(datum, services)),
    held(own(ledger.products, site.product)),
    exceptions(excused.filter(({ where }) => where === `${site.product}/${site.platform}`)),
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
};

const describedService = (service: ResolvedService, platform: PlatformFacts): readonly string[] => {
  const { name, kind, tier, settings, origins, image, port, door, edges, signals } = service;
  const table: FieldTable = { ...serviceFields, ...serviceKindRow(kind).fields };
  return [
    `service ${name}: ${kind} in tier ${tier}`,
    ...aligned(describedFields(table, { ...settings }, origins), 2),
    ...aligned(
      [
        ['image', image],
        ...(door ? [['door', `https://${door.host}, rule ${door.priority} of the load balancer`]] : []),
        ...(door && port !== undefined
          ? [['network policy', `in to ${name} from the load balancer's subnets, tcp ${port}`]]
          : []),
        watched(signals),
      ],
      2,
    ),
    ...edges.flatMap((edge) => [`  ${edge.verb} ${edge.to}`, ...aligned(describedEdge(edge, platform), 4)]),
  ];
};

const describedDatum = (datum: ResolvedDatum, services: readonly ResolvedService[]): readonly string[] => {
  const { name, kind, identity, physicalName, settings, origins, released, refs, signals } = datum;
  const used = services.flatMap((service) =>
    service.edges.filter(({ to }) => to === name).map(({ from, verb }) => `${from} (${verb})`),
  );
  return [
    `datum ${name}: ${kind}${released ? ', released' : ''}`,
    ...aligned(describedFields(dataKindRow(kind).fields, { ...settings }, origins), 2),
    ...aligned(
      [
        ['physical name', `${physicalName}${identity === name ? '' : `, because it was made as ${identity}`}`],
        ['used by', used.join(', ') || 'nothing'],
        ['publishes', Object.keys(refs).join(', ') || 'nothing: what others need of it is computed'],
        watched(signals),
      ],
      2,
    ),
  ];
};

const watched = (signals: readonly Signal[]): Row => [
  'watched by',
  signals.map(({ id, severity }) => `${id} (${severity})`).join(', ') || 'nothing',
];

/** What it will take more than a missing line to lose. */
const held = (ledger: LedgerProduct | undefined): readonly string[] => [
  'held by the ledger, once this is deployed',
  ...aligned(
    [
      ...Object.entries(ledger?.tiers ?? {}).map(([name, state]) => [`tiers.${name}`, state]),
      ...Object.entries(ledger?.services ?? {}).map(([name, { tier, host }]) => [
        `services.${name}`,
        `in tier ${tier}${host === undefined ? '' : `, host ${host}`}`,
      ]),
      ...Object.entries(ledger?.data ?? {}).map(([name, { kind, state, fields = {} }]) => [
        `data.${name}`,
        [`${state}, kind ${kind}`, ...Object.entries(fields).map(([field, value]) => `${field} ${shown(value)}`)].join(
          ', ',
        ),
      ]),
    ],
    2,
  ),
];

const exceptions = (excused: readonly Excused[]): readonly string[] =>
  excused.length === 0
    ? ['exceptions: none']
    : [
        'exceptions',
        ...aligned(
          excused.map(({ path, because, until }) => [path, `until ${until}`, because]),
          2,
        ),
      ];
