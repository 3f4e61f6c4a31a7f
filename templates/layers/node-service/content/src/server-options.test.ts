/** Holds the server against callers who do not end what they began. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import Fastify from 'fastify';
import { limits, serverOptions } from './server-options.ts';

for (const [part, begun] of [
  ['the head', 'POST / HTTP/1.1\r\nhost: test\r\n'],
  ['the body', 'POST / HTTP/1.1\r\nhost: test\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nhalf'],
] as const) {
  test(`whoever does not end ${part} of a request is answered 408, and the connection ends`, async t => {
    const app = Fastify(serverOptions('silent', { ...limits, headers: 50, request: 100, check: 20 }));
    t.after(() => app.close());
    app.post('/', async () => 'never');
    await app.listen({ host: '127.0.0.1', port: 0 });

    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    t.after(() => socket.destroy());
    await once(socket, 'connect');
    socket.write(begun);
    assert.match(await text(socket), /^HTTP\/1\.1 408 /);
  });
}

test('nobody takes longer for the head than for all of it, and idle connections outlive those of balancers', () => {
  const { server } = Fastify(serverOptions('silent'));
  assert.ok(server.headersTimeout > 0 && server.headersTimeout <= server.requestTimeout);
  assert.ok(server.keepAliveTimeout > 60_000);
});
{%- if values.service.signals == 'http' %}

test('an address that cannot be read is a problem like any other', async () => {
  const app = Fastify(serverOptions('silent'));
  app.get('/names/:name', async () => 'never');
  for (const [url, status, title] of [
    ['/%ff', 400, 'Bad Request'],
    [`/names/${'a'.repeat(2000)}`, 414, 'URI Too Long'],
  ] as const) {
    const response = await app.inject(url);
    assert.equal(response.statusCode, status, response.body);
    assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
    const problem = response.json<{ title: string; status: number }>();
    assert.deepEqual([problem.title, problem.status], [title, status]);
  }
});
{%- endif %}
