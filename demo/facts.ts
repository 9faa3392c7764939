import { endpointOf } from './emulator';

export interface Fact {
  readonly what: string;
  readonly value: string;
}

/** A question to the emulator, asked without the provider: what it says is what is there. */
interface Question {
  readonly what: string;
  readonly service: string;
  /** An action of a Query API, or a path. */
  readonly ask: string;
  readonly answers: (text: string) => readonly string[];
}

const QUESTIONS: readonly Question[] = [
  {
    what: 'load balancer',
    service: 'elasticloadbalancing',
    ask: 'DescribeLoadBalancers',
    answers: (xml) => texts(xml, 'DNSName'),
  },
  {
    what: 'database',
    service: 'rds',
    ask: 'DescribeDBInstances',
    answers: (xml) =>
      blocks(xml, 'DBInstance').map((one) => {
        const [engine, version, address, port] = ['Engine', 'EngineVersion', 'Address', 'Port'].map((tag) =>
          texts(one, tag).at(0),
        );
        return `${engine} ${version} at ${address}:${port}`;
      }),
  },
  {
    what: 'cache',
    service: 'elasticache',
    ask: 'DescribeReplicationGroups',
    answers: (xml) => blocks(xml, 'PrimaryEndpoint').flatMap((one) => texts(one, 'Address')),
  },
  { what: 'queue', service: 'sqs', ask: 'ListQueues', answers: (xml) => texts(xml, 'QueueUrl') },
  {
    what: 'cluster',
    service: 'eks',
    ask: '/clusters',
    answers: (json) => (JSON.parse(json) as { readonly clusters: readonly string[] }).clusters,
  },
];

/** Some of what was made, as the emulator itself describes it. */
export const factsOf = async (port: number, region: string, account: string): Promise<readonly Fact[]> => {
  const answers = await Promise.all(
    QUESTIONS.map(async ({ what, service, ask, answers: read }) =>
      read(await asked(port, region, account, service, ask)).map((value) => ({ what, value })),
    ),
  );
  return answers.flat();
};

const asked = async (port: number, region: string, account: string, service: string, ask: string): Promise<string> => {
  const headers = signedFor(service, account, region);
  const answer = ask.startsWith('/')
    ? await fetch(`${endpointOf(port)}${ask}`, { headers })
    : await fetch(endpointOf(port), { method: 'POST', headers, body: new URLSearchParams({ Action: ask }) });
  return answer.text();
};

/** The emulator checks no signature, and takes service, region and account from where one would be. */
export const signedFor = (service: string, account: string, region: string): { readonly authorization: string } => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${account}/20200101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const blocks = (xml: string, tag: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, inner = '']) => inner);
const texts = (xml: string, tag: string): readonly string[] => blocks(xml, tag).filter((text) => !text.includes('<'));
