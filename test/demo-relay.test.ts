import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Relay, relayTo } from '../demo/relay';

/** What stands between the provider and the emulator, with an emulator that counts what it is asked. */
let relay: Relay;
let asked: string[] = [];
const emulator = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    asked.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
    if (request.url === '/broken') return response.destroy();
    if (request.url === '/down') return response.writeHead(503).end();
    if (request.url === '/small') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('small'));
    return response
      .writeHead(200, { 'x-amz-id': 'one' })
      .end(`<A/><ChangeInfo>\n<Id>1</Id></ChangeInfo>${asked.length}`);
  });
});

beforeAll(async () => {
  await new Promise<void>((done) => emulator.listen(0, '127.0.0.1', done));
  relay = await relayTo((emulator.address() as AddressInfo).port);
});
afterAll(() => {
  relay.close();
  emulator.close();
});
beforeEach(() => {
  asked = [];
});

const call = async (path: string, headers: Readonly<Record<string, string>> = {}, body?: string) => {
  const answer = await fetch(`${relay.endpoint}${path}`, {
    method: 'POST',
    headers,
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, id: answer.headers.get('x-amz-id'), text: await answer.text() };
};
const invocation = (id: string) => ({ 'amz-sdk-invocation-id': id });
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=1/1/eu-west-1/${service}/aws4_request`,
});

it('hands on what is asked and what is answered, as it is', async () => {
  expect(await call('/bucket?acl', {}, 'Action=Make')).toEqual({
    status: 200,
    id: 'one',
    text: '<A/><ChangeInfo>\n<Id>1</Id></ChangeInfo>1',
  });
  expect(asked).toEqual(['POST /bucket?acl Action=Make']);
  expect(await call('/small')).toMatchObject({ text: 'small' });
});

it('asks once what a client asks again, even before it is answered', async () => {
  const again = [call('/', invocation('a'), 'Make'), call('/', invocation('a'), 'Make')];
  const answers = [...(await Promise.all(again)), await call('/', invocation('a'), 'Make')];
  expect(asked).toEqual(['POST / Make']);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  await call('/', invocation('b'), 'Make');
  await call('/', {}, 'Make');
  await call('/', {}, 'Make');
  expect(asked).toHaveLength(4);
});

it.each([
  ['/down', 503],
  ['/broken', 502],
])('asks again what failed: %s', async (path, status) => {
  expect(await call(path, invocation(path))).toMatchObject({ status });
  expect(await call(path, invocation(path))).toMatchObject({ status });
  expect(asked).toHaveLength(2);
});

it('leaves nothing to wait for in answers of Route 53, and in no others', async () => {
  expect((await call('/', { ...invocation('dns'), ...signedFor('route53') })).text).toBe('<A/>1');
  expect((await call('/', signedFor('route53'))).text).toBe('<A/>2');
  expect((await call('/', { ...invocation('cdn'), ...signedFor('cloudfront') })).text).toContain('ChangeInfo');
});
