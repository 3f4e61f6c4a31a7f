/** Runs the service as production does and watches it from outside. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import test from 'node:test';
import { freePort } from './testing/free-port.ts';
import { eventually, ServiceProcess } from './testing/service-process.ts';
import { TraceCollector } from './testing/trace-collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentSpanId = '00f067aa0ba902b7';
const serverSpan = 2;

test('a request becomes a span that continues the trace of its caller, and log lines that name it', async t => {
  const collector = await TraceCollector.start();
  t.after(() => collector.stop());
  const service = await ServiceProcess.start(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' });

  const traceparent = `00-${traceId}-${parentSpanId}-01`;
  const response = await fetch(`${service.url}/v1/greetings/Ada`, { headers: { traceparent } });
  assert.equal(response.status, 200);
  await fetch(`${service.url}/healthz`);

  const [span] = await eventually(() => collector.spans, spans => spans.length > 0);
  assert.equal(span?.name, 'GET /v1/greetings/:name');
  assert.equal(span.kind, serverSpan);
  assert.equal(span.traceId, traceId);
  assert.equal(span.parentSpanId, parentSpanId);
  assert.ok(span.attributes.some(({ key, value }) => key === 'http.route' && value.stringValue === '/v1/greetings/:name'));

  service.signal('SIGTERM');
  assert.equal(await service.exitCode(), 0);
  assert.equal(collector.spans.length, 1, 'health checks are not traced');
  const logged = service.log.filter(line => line.trace_id === traceId).map(line => line.msg);
  assert.deepEqual(logged, ['incoming request', 'request completed']);
});

test('metrics tell of requests by route', async t => {
  const metricsPort = await freePort();
  const service = await ServiceProcess.start(t, { METRICS_PORT: String(metricsPort) });
  await fetch(`${service.url}/v1/greetings/Ada`);
  await fetch(`${service.url}/nowhere/at/all`);

  const metrics = await eventually(
    async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    text => text.includes('http_server_request_duration_count'),
  );
  assert.match(metrics, /http_server_request_duration_count\{[^}]*http_route="\/v1\/greetings\/:name"[^}]*\} 1/);
  assert.doesNotMatch(metrics, /nowhere/, 'what a caller types never becomes a label');

  service.signal('SIGTERM');
  assert.equal(await service.exitCode(), 0);
});

test('SIGTERM: not ready first, requests under way finish, then the end', async t => {
  const service = await ServiceProcess.start(t, { SHUTDOWN_DELAY_MS: '300' });
  assert.equal((await fetch(`${service.url}/readyz`)).status, 200);

  // Half of a request is on its way when the signal comes
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.write('GET /v1/greetings/Ada HTTP/1.1\r\nhost: test\r\n');
  service.signal('SIGTERM');
  service.signal('SIGINT');

  await eventually(async () => (await fetch(`${service.url}/readyz`)).status, status => status === 503);
  assert.equal((await fetch(`${service.url}/v1/greetings/Bob`)).status, 200, 'still serving while balancers notice');

  // By now the service has stopped listening, and waits for this one
  await eventually(
    () => get(`${service.url}/healthz`).then(() => 'open', (error: NodeJS.ErrnoException) => error.code),
    state => state === 'ECONNREFUSED',
  );
  socket.end('connection: close\r\n\r\n');
  const answer = await new Promise<string>(resolve => {
    let text = '';
    socket.on('data', chunk => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.equal(await service.exitCode(), 0);
});

function get(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, response => response.resume().once('end', resolve)).once('error', reject).end();
  });
}
