import { Agent, IncomingHttpHeaders, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpointOf } from './emulator';

/** The way to the emulator while Terraform runs. */
export interface Relay {
  readonly endpoint: string;
  readonly close: () => void;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Hands on what the provider asks and what the emulator answers, and changes two things:
 *
 * - The provider's HTTP client now and then closes a connection while its answer arrives, and asks again; where that made
 *   or took away something, the second answer is an error, and the demo would end. What is asked again gets the answer
 *   that was missed.
 * - The provider waits half a minute before it first asks whether a change of DNS has arrived everywhere, and this
 *   emulator has no elsewhere. Answers that name no change to wait for are allowed by the API, and taken at once.
 */
export const relayTo = (port: number): Promise<Relay> =>
  new Promise((done) => {
    const agent = new Agent({ keepAlive: true });
    const asked = new Map<string, Promise<Answer>>();
    const answerTo = (request: Request): Promise<Answer> => {
      const invocation = request.headers['amz-sdk-invocation-id'];
      const ask = (): Promise<Answer> => askedOf(port, agent, request).then(withoutWaiting(request));
      if (typeof invocation !== 'string') return ask();
      const known = asked.get(invocation);
      if (known) return known;
      const answer = ask();
      asked.set(invocation, answer);
      const forget = (): unknown => asked.delete(invocation);
      setTimeout(forget, ASKED_AGAIN_WITHIN).unref();
      // What failed is asked again for an answer of its own.
      answer.then(({ status }) => status >= 500 && forget(), forget);
      return answer;
    };
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = 'GET', url: path = '/', headers } = incoming;
        answerTo({ method, path, headers, body: Buffer.concat(chunks) }).then(
          ({ status, headers: answered, body }) => outgoing.writeHead(status, answered).end(body),
          () => outgoing.writeHead(502).end(),
        );
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const { port: own } = server.address() as AddressInfo;
      const close = (): void => {
        server.closeAllConnections();
        server.close();
        agent.destroy();
      };
      done({ endpoint: endpointOf(own), close });
    });
  });

const ASKED_AGAIN_WITHIN = 30_000;

const askedOf = (port: number, agent: Agent, { method, path, headers, body }: Request): Promise<Answer> =>
  new Promise((done, fail) => {
    const options = {
      agent,
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: betweenEnds(headers, `127.0.0.1:${port}`),
    };
    const outgoing = send(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () =>
        done({
          status: incoming.statusCode ?? 502,
          headers: betweenEnds(incoming.headers),
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });

/** Without what is said to one connection only. */
const betweenEnds = (headers: IncomingHttpHeaders, host?: string): IncomingHttpHeaders => {
  const {
    connection: _connection,
    'keep-alive': _keepAlive,
    'transfer-encoding': _encoding,
    host: _host,
    ...rest
  } = headers;
  return host === undefined ? rest : { ...rest, host };
};

const withoutWaiting =
  ({ headers }: Request) =>
  (answer: Answer): Answer => {
    if (!headers.authorization?.includes('/route53/aws4_request')) return answer;
    const body = Buffer.from(answer.body.toString().replace(/<ChangeInfo>.*?<\/ChangeInfo>/s, ''));
    return { ...answer, headers: { ...answer.headers, 'content-length': `${body.length}` }, body };
  };
