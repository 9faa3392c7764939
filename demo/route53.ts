import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpointOf } from './emulator';

/** The way to one of the emulator's services while Terraform runs. */
export interface Way {
  readonly endpoint: string;
  readonly close: () => void;
}

/**
 * The provider waits half a minute before it first asks whether a change of DNS has arrived everywhere, and this
 * emulator has no elsewhere. Answers that name no change to wait for are allowed by the API, and taken at once: that is
 * all that this way changes, and it saves the demo a minute.
 */
export const wayToRoute53 = (port: number): Promise<Way> =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = 'GET', url = '/', headers } = request;
        const body = Buffer.concat(chunks);
        const { host: _host, connection: _connection, 'content-length': _length, ...others } = headers;
        fetch(`${endpointOf(port)}${url}`, {
          method,
          headers: others as Record<string, string>,
          ...(body.length > 0 && { body }),
        }).then(
          async (answer) => {
            const text = await answer.text();
            const type = answer.headers.get('content-type');
            response.writeHead(answer.status, type ? { 'content-type': type } : {});
            response.end(text.replace(/<ChangeInfo>.*?<\/ChangeInfo>/s, ''));
          },
          () => response.writeHead(502).end(),
        );
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const { port: own } = server.address() as AddressInfo;
      done({
        endpoint: endpointOf(own),
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
