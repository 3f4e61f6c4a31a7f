/** Holds what the service answers against the contract, with clients of gRPC and of Connect. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { Code, ConnectError, createClient, type ServiceImpl } from '@connectrpc/connect';
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { findTrailerError } from '@connectrpc/connect/protocol-grpc';
import type { ServiceError } from '@grpc/grpc-js';
import { createApp } from './app.ts';
import { GreetingService, Language } from './gen/greetings/v1/greetings_pb.ts';
import { BadRequestSchema } from './gen/google/rpc/error_details_pb.ts';
import { WatchedReadiness } from './grpc-health.ts';
import { GrpcClient } from './testing/grpc-client.ts';
import { eventually } from './testing/service-process.ts';

const config = { logLevel: 'silent', shutdownTimeoutMs: 1000 } as const;

/** The service on free ports, with clients for each of its protocols. */
async function start(t: TestContext, service?: Partial<ServiceImpl<typeof GreetingService>>) {
  const readiness = new WatchedReadiness();
  const { app, grpc } = await createApp({ config, readiness, ...(service && { service }) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  await grpc.listen({ host: '127.0.0.1', port: 0 });
  const native = new GrpcClient(grpc.address, GreetingService.typeName);
  const health = new GrpcClient(grpc.address, 'grpc.health.v1.Health');
  t.after(async () => {
    native.close();
    health.close();
    await app.close();
  });
  const baseUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    app,
    readiness,
    baseUrl,
    health,
    grpc: native,
    connect: createClient(GreetingService, createConnectTransport({ baseUrl, httpVersion: '1.1' })),
    web: createClient(GreetingService, createGrpcWebTransport({ baseUrl, httpVersion: '1.1' })),
    overHttp2: createClient(GreetingService, createConnectTransport({ baseUrl: `http://${grpc.address}`, httpVersion: '2' })),
  };
}

async function collect<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const message of messages) {
    list.push(message);
  }
  return list;
}

/** What a client of gRPC is told of the fields that are not valid. */
function violationsIn({ code, metadata }: ServiceError): Record<string, string> {
  const [details] = metadata.get('grpc-status-details-bin') as Buffer[];
  const error = findTrailerError(
    new Headers({ 'grpc-status': String(code), 'grpc-status-details-bin': details!.toString('base64') }),
  );
  const [request] = error!.findDetails(BadRequestSchema);
  return Object.fromEntries(request!.fieldViolations.map(({ field, description }) => [field, description]));
}

test('a greeting in English unless asked otherwise, over every protocol', async t => {
  const { connect, grpc, overHttp2, web } = await start(t);
  assert.deepEqual(await grpc.call('GetGreeting', { name: 'Ada' }), {
    greeting: { message: 'Hello, Ada!', language: 'LANGUAGE_ENGLISH' },
  });
  assert.deepEqual(await grpc.call('GetGreeting', { name: 'Ada', language: 'LANGUAGE_FRENCH' }), {
    greeting: { message: 'Bonjour, Ada!', language: 'LANGUAGE_FRENCH' },
  });
  for (const client of [connect, web, overHttp2]) {
    const { greeting } = await client.getGreeting({ name: 'Ada', language: Language.GERMAN });
    assert.equal(greeting?.message, 'Hallo, Ada!');
  }
});

test('a greeting can be had with a plain GET', async t => {
  const { baseUrl } = await start(t);
  const query = new URLSearchParams({ connect: 'v1', encoding: 'json', message: JSON.stringify({ name: 'Ada' }) });
  const response = await fetch(`${baseUrl}/${GreetingService.typeName}/GetGreeting?${query.toString()}`);
  assert.deepEqual(await response.json(), { greeting: { message: 'Hello, Ada!', language: 'LANGUAGE_ENGLISH' } });
});

test('a stream of greetings, over every protocol', async t => {
  const { connect, grpc, overHttp2, web } = await start(t);
  const expected = ['Hello, Ada!', 'Hallo, Ada!', 'Bonjour, Ada!'];
  const received = await collect(grpc.stream('ListGreetings', { name: 'Ada' }));
  assert.deepEqual(received.map(({ greeting }) => (greeting as { message: string }).message), expected);
  for (const client of [connect, web, overHttp2]) {
    const messages = await collect(client.listGreetings({ name: 'Ada' }));
    assert.deepEqual(messages.map(({ greeting }) => greeting?.message), expected);
  }
});

test('any name comes back as it was sent', async t => {
  const { connect, grpc } = await start(t);
  const name = '<b>"Zoë" & 🦊</b>';
  const { greeting } = await grpc.call('GetGreeting', { name });
  assert.equal((greeting as { message: string }).message, `Hello, ${name}!`);
  assert.equal((await connect.getGreeting({ name })).greeting?.message, `Hello, ${name}!`);
});

test('what is not valid is refused by name, with details', async t => {
  const { connect, grpc } = await start(t);
  await assert.rejects(grpc.call('GetGreeting', { name: '', language: 99 }), (error: ServiceError) => {
    assert.equal(error.code, Code.InvalidArgument);
    assert.deepEqual(violationsIn(error), {
      name: 'must have 1 to 64 characters',
      language: 'must be a language of the contract',
    });
    return true;
  });
  await assert.rejects(collect(grpc.stream('ListGreetings', { name: '🦊'.repeat(65) })), (error: ServiceError) => {
    assert.equal(error.code, Code.InvalidArgument);
    assert.deepEqual(Object.keys(violationsIn(error)), ['name']);
    return true;
  });
  await assert.rejects(connect.getGreeting({ name: 'a'.repeat(65) }), (error: ConnectError) => {
    assert.equal(error.code, Code.InvalidArgument);
    assert.match(error.message, /name must have 1 to 64 characters/);
    const [details] = error.findDetails(BadRequestSchema);
    assert.deepEqual(details?.fieldViolations.map(({ field }) => field), ['name']);
    return true;
  });
});

test('a message too large is refused', async t => {
  const { connect, grpc } = await start(t);
  const name = 'a'.repeat(2 * 1024 * 1024);
  await assert.rejects(grpc.call('GetGreeting', { name }), { code: Code.ResourceExhausted });
  await assert.rejects(connect.getGreeting({ name }), { code: Code.ResourceExhausted });
});

test('an error inside is not told to the caller', async t => {
  const { connect, grpc } = await start(t, {
    getGreeting() {
      throw new Error('the password is hunter2');
    },
    async *listGreetings() {
      yield {};
      throw new Error('the password is hunter2');
    },
  });
  const told = (error: ServiceError | ConnectError) => {
    assert.equal(error.code, Code.Internal);
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /hunter2/);
    return true;
  };
  await assert.rejects(grpc.call('GetGreeting', { name: 'Ada' }), told);
  await assert.rejects(collect(grpc.stream('ListGreetings', { name: 'Ada' })), told);
  await assert.rejects(connect.getGreeting({ name: 'Ada' }), told);
  await assert.rejects(collect(connect.listGreetings({ name: 'Ada' })), told);
});

test('the deadline of the caller ends the call here, too', async t => {
  const signals: AbortSignal[] = [];
  const { grpc } = await start(t, {
    getGreeting: (_request, { signal }) => {
      signals.push(signal);
      // Looks at no signal itself
      return new Promise<never>(() => {});
    },
  });
  await assert.rejects(grpc.call('GetGreeting', { name: 'Ada' }, { deadlineMs: 100 }), { code: Code.DeadlineExceeded });
  await eventually(() => signals.map(({ aborted }) => aborted), ([aborted]) => aborted === true);
});

test('a call that does not end by itself hears when the service does', async t => {
  let begun = 0;
  const { app, grpc } = await start(t, {
    getGreeting: () => {
      begun += 1;
      return new Promise<never>(() => {});
    },
    async *listGreetings() {
      yield {};
      begun += 1;
      await new Promise<never>(() => {});
    },
  });
  const calls = [grpc.call('GetGreeting', { name: 'Ada' }), collect(grpc.stream('ListGreetings', { name: 'Ada' }))];
  const ended = Promise.all(calls.map(call => assert.rejects(call, { code: Code.Unavailable })));
  await eventually(() => begun, count => count === calls.length);
  await app.close();
  await ended;
});

test('a method that nobody has written yet, and one that nobody knows', async t => {
  const { baseUrl, connect, grpc } = await start(t, {});
  await assert.rejects(grpc.call('GetGreeting', { name: 'Ada' }), { code: Code.Unimplemented });
  await assert.rejects(connect.getGreeting({ name: 'Ada' }), { code: Code.Unimplemented });
  const response = await fetch(`${baseUrl}/${GreetingService.typeName}/Nothing`, { method: 'POST' });
  assert.equal(response.status, 404);
});

test('health and readiness, over gRPC and HTTP', async t => {
  const { baseUrl, health, readiness } = await start(t);
  const service = GreetingService.typeName;
  const ready = async () => (await fetch(`${baseUrl}/readyz`)).status;
  const changes = health.stream('Watch', { service });
  const statuses = changes[Symbol.asyncIterator]();
  const next = async () => (await statuses.next() as IteratorYieldResult<Record<string, unknown>>).value.status;

  assert.equal((await fetch(`${baseUrl}/healthz`)).status, 200);
  assert.equal(await next(), 'NOT_SERVING');
  assert.deepEqual(await health.call('Check', {}), { status: 'NOT_SERVING' });
  assert.equal(await ready(), 503);

  readiness.set(true);
  assert.equal(await next(), 'SERVING');
  assert.deepEqual(await health.call('Check', { service }), { status: 'SERVING' });
  assert.deepEqual(await health.call('List', {}), {
    statuses: { '': { status: 'SERVING' }, [service]: { status: 'SERVING' } },
  });
  assert.equal(await ready(), 200);
  changes.cancel();
  await assert.rejects(statuses.next(), { code: Code.Canceled });

  await assert.rejects(health.call('Check', { service: 'nobody.v1.Nothing' }), { code: Code.NotFound });
  const unknown = health.stream('Watch', { service: 'nobody.v1.Nothing' });
  assert.deepEqual((await unknown[Symbol.asyncIterator]().next()).value, { status: 'SERVICE_UNKNOWN' });
  unknown.cancel();
});
