/** Runs the service as production does and watches it from outside. */
import assert from 'node:assert/strict';
import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import test, { type TestContext } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import { GetGreetingRequestSchema, GreetingService } from './gen/greetings/v1/greetings_pb.ts';
import { freePort } from './testing/free-port.ts';
import { GrpcClient } from './testing/grpc-client.ts';
import { eventually, ServiceProcess } from './testing/service-process.ts';
import { TraceCollector } from './testing/trace-collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentSpanId = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${parentSpanId}-01`;
const serverSpan = 2;
const service = GreetingService.typeName;
const unary = `${service}/GetGreeting`;

/** Where the service takes gRPC; it says so once it does. */
async function grpcAddress(running: ServiceProcess): Promise<string> {
  const found = await eventually(
    () => running.log.map(({ msg }) => /^gRPC listening at (\S+)$/.exec(msg)?.[1]).find(Boolean),
    address => address !== undefined,
  );
  return found!;
}

async function grpcClient(t: TestContext, running: ServiceProcess, name = service): Promise<GrpcClient> {
  const client = new GrpcClient(await grpcAddress(running), name);
  t.after(() => client.close());
  return client;
}

test('a call becomes a span that continues the trace of its caller, and a log line that names it', async t => {
  const collector = await TraceCollector.start();
  t.after(() => collector.stop());
  const running = await ServiceProcess.start(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' });
  const grpc = await grpcClient(t, running);
  const health = await grpcClient(t, running, 'grpc.health.v1.Health');

  await health.call('Check', {});
  await fetch(`${running.url}/healthz`);
  await grpc.call('GetGreeting', { name: 'Ada' }, { headers: { traceparent } });
  await fetch(`${running.url}/${unary}`, {
    method: 'POST',
    headers: { traceparent, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada' }),
  });
  const stream = grpc.stream('ListGreetings', { name: '' }, { headers: { traceparent } });
  await assert.rejects(async () => {
    for await (const message of stream) {
      assert.fail(JSON.stringify(message));
    }
  });

  running.signal('SIGTERM');
  assert.equal(await running.exitCode(), 0);
  const told = collector.spans.sort((one, other) => (one.name < other.name ? -1 : 1)).map(span => ({
    name: span.name,
    kind: span.kind,
    traceId: span.traceId,
    parent: span.parentSpanId,
    system: attribute(span.attributes, 'rpc.system'),
    code: attribute(span.attributes, 'rpc.grpc.status_code'),
  }));
  const common = { kind: serverSpan, traceId, parent: parentSpanId };
  assert.deepEqual(told, [
    // HTTP has its own way of naming them
    { name: `POST /${unary}`, ...common, system: 'connect_rpc', code: 0 },
    { name: unary, ...common, system: 'grpc', code: 0 },
    { name: `${service}/ListGreetings`, ...common, system: 'grpc', code: 3 },
  ]);
  const calls = running.log.filter(line => line.rpc !== undefined);
  assert.deepEqual(
    calls.map(({ msg, trace_id }) => ({ msg, trace_id })),
    calls.map(() => ({ msg: 'call completed', trace_id: traceId })),
  );
  assert.equal(calls.length, 3);
});

function attribute(attributes: { key: string; value: Record<string, unknown> }[], key: string): unknown {
  return Object.values(attributes.find(found => found.key === key)?.value ?? {})[0];
}

test('metrics tell of calls by method and status', async t => {
  const metricsPort = await freePort();
  const running = await ServiceProcess.start(t, { METRICS_PORT: String(metricsPort) });
  const grpc = await grpcClient(t, running);
  await grpc.call('GetGreeting', { name: 'Ada' });
  await assert.rejects(grpc.call('GetGreeting', { name: '' }));
  await fetch(`${running.url}/${service}/Nowhere`, { method: 'POST' });

  const metrics = await eventually(
    async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    text => text.includes('rpc_server_duration_count'),
  );
  const count = (code: number) =>
    new RegExp(
      `^rpc_server_duration_count\\{rpc_system="grpc",rpc_service="${service.replaceAll('.', '\\.')}",rpc_method="GetGreeting",rpc_grpc_status_code="${code}"\\} 1$`,
      'm',
    );
  assert.match(metrics, count(0));
  assert.match(metrics, count(3));
  assert.doesNotMatch(metrics, /Nowhere/, 'what a caller types never becomes a label');

  running.signal('SIGTERM');
  assert.equal(await running.exitCode(), 0);
});

test('SIGTERM: not ready first, calls under way finish, streams hear of it, then the end', async t => {
  const running = await ServiceProcess.start(t, { SHUTDOWN_DELAY_MS: '300' });
  const address = await grpcAddress(running);
  const health = await grpcClient(t, running, 'grpc.health.v1.Health');
  const changes = health.stream('Watch', {})[Symbol.asyncIterator]();
  assert.deepEqual((await changes.next()).value, { status: 'SERVING' });

  // Half of a call is on its way when the signal comes
  const session = connect(`http://${address}`);
  t.after(() => session.destroy());
  const goingAway = new Promise(resolve => session.once('goaway', resolve));
  const call = openCall(session);
  const message = toBinary(GetGreetingRequestSchema, create(GetGreetingRequestSchema, { name: 'Ada' }));
  call.write(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message.subarray(0, 2)]));
  await new Promise(resolve => session.ping(resolve));
  running.signal('SIGTERM');
  running.signal('SIGINT');

  assert.deepEqual((await changes.next()).value, { status: 'NOT_SERVING' });
  assert.equal((await fetch(`${running.url}/readyz`)).status, 503);
  const grpc = await grpcClient(t, running);
  await grpc.call('GetGreeting', { name: 'Bob' });

  // By now it takes no further calls, and waits for this one
  await goingAway;
  assert.equal((await changes.next()).done, true);
  call.end(message.subarray(2));
  assert.equal(await statusOf(call), '0');
  assert.equal(await running.exitCode(), 0);
});

function openCall(session: ClientHttp2Session): ClientHttp2Stream {
  return session.request({
    ':method': 'POST',
    ':path': `/${unary}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
}

/** The status that a call ended with. */
function statusOf(call: ClientHttp2Stream): Promise<unknown> {
  return new Promise((resolve, reject) => {
    call.once('error', reject);
    // Without a message, the status is in the headers
    for (const event of ['response', 'trailers'] as const) {
      call.once(event, (headers: Record<string, unknown>) => {
        if (headers['grpc-status'] !== undefined) {
          resolve(headers['grpc-status']);
        }
      });
    }
    call.resume();
  });
}
