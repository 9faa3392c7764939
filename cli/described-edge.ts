import { Connection, Edge, Grant } from '../model/grants';
import { coordinateName } from '../model/naming';
import { Known } from '../model/refs';
import { PlatformFacts } from '../model/resolved';
import { Row } from './columns';

/** What one edge opens, a row for each thing that it makes. The grants say it; no kind is known here. */
export const describedEdge = (edge: Edge, platform: PlatformFacts): readonly Row[] => {
  const rows = edge.grants.flatMap((grant) => describedGrant(grant, edge, platform));
  // Two grants may need the same way out: one policy holds it once.
  return rows.filter((row, index) => rows.findIndex((other) => other.join() === row.join()) === index);
};

const describedGrant = (grant: Grant, edge: Edge, platform: PlatformFacts): readonly Row[] => {
  switch (grant.grant) {
    case 'connection':
      return connection(grant, edge);
    case 'actions':
      return [
        ...(grant.via === undefined
          ? [
              policy(`out to ${platform.endpoints ? 'endpoints of AWS APIs' : 'the world outside'}, tcp 443`),
              TO_POD_IDENTITY,
            ]
          : []),
        right(grant.actions, grant.on, grant.via),
      ];
    case 'login':
      return [
        ['secret', `${grant.secret}: a user of its own, made and rotated by ${spelled(grant.rotatedBy)}`],
        ['mount', `/secrets/${edge.to}: that secret as files, read only`],
        right(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], ['that secret']),
        right(['kms:Decrypt'], ["the product's key"], 'secretsmanager'),
      ];
    case 'membership':
      return [
        TO_POD_IDENTITY,
        ['user', `${grant.user}: its own, without a password, in group ${grant.group}, with access ${grant.access}`],
        right(['elasticache:Connect'], [...grant.on, 'that user']),
      ];
    case 'coordinates':
      return Object.entries(grant.values).map(([key, value]) => [
        'variable',
        `${coordinateName(edge.to, key)} = ${spelled(value)}`,
      ]);
    case 'backlog':
      return [
        ['scaling', `by how much waits: ${grant.trigger.type}, ${grant.trigger.perReplica} for each replica`],
        ['alarm', `by how long it waits: ${grant.oldest.metric} of ${grant.oldest.namespace}`],
      ];
  }
};

const connection = ({ to, port }: Connection, { from }: Edge): readonly Row[] =>
  'store' in to
    ? [policy(`out of ${from} to the subnets of stores, tcp ${port}`)]
    : [
        policy(`out of ${from} to ${to.service} in tier ${to.tier}, tcp ${port}`),
        policy(`in to ${to.service} from ${from}, tcp ${port}`),
      ];

const policy = (text: string): Row => ['network policy', text];
const TO_POD_IDENTITY = policy('out to the pod identity agent of its node, tcp 80');

const right = (actions: readonly string[], on: readonly Known[], via?: string): Row => [
  'right',
  `${actions.join(', ')} on ${on.map(spelled).join(', ')}${via === undefined ? '' : `, through ${via} only`}`,
];

/** What AWS assigns is known by where it is published, and by nothing else before it is deployed. */
export const spelled = (value: Known): string =>
  typeof value === 'string' ? value : `<${value.output} of ${value.from}>`;
