/** Runs the service as production does, with the page as it was built, and watches it from outside. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { eventually, ServiceProcess } from './testing/service-process.ts';
import { TraceCollector } from './testing/trace-collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentSpanId = '00f067aa0ba902b7';

test('the built page is whole, and its errors arrive in log, traces and metrics', async t => {
  const collector = await TraceCollector.start();
  t.after(() => collector.stop());
  const metricsPort = await freePort();
  const service = await ServiceProcess.start(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    METRICS_PORT: String(metricsPort),
  });

  const page = await (await fetch(service.url)).text();
  const addresses = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address!);
  assert.ok(addresses.some(address => address.endsWith('.js')) && addresses.some(address => address.endsWith('.css')), page);
  for (const address of addresses) {
    const file = await fetch(`${service.url}${address}`);
    assert.equal(file.status, 200, address);
    assert.ok(!address.startsWith('/assets/') || file.headers.has('content-encoding'), address);
    await file.arrayBuffer();
  }
  // The content security policy would stop them
  assert.doesNotMatch(page, /<script(?![^>]* src=)|<style| style=| on\w+=/);

  const reported = await fetch(`${service.url}/v1/client-errors`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${parentSpanId}-01` },
    body: JSON.stringify({ source: 'render', name: 'TypeError', message: 'two\nlines', path: '/', version: '0.1.0' }),
  });
  assert.equal(reported.status, 204);

  const [span] = await eventually(
    () => collector.spans.filter(received => received.traceId === traceId),
    spans => spans.length > 0,
  );
  assert.equal(span?.name, 'POST /v1/client-errors');
  assert.equal(span.parentSpanId, parentSpanId);
  const metrics = await eventually(
    async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    text => text.includes('client_errors_total'),
  );
  assert.match(metrics, /^client_errors_total\{[^}]*source="render"[^}]*\} 1$/m);

  service.signal('SIGTERM');
  assert.equal(await service.exitCode(), 0);
  const line = service.log.find(({ msg }) => msg === 'error in a browser');
  assert.equal(line?.trace_id, traceId);
  assert.deepEqual(line.client_error, { source: 'render', name: 'TypeError', message: 'two\nlines', path: '/', version: '0.1.0' });
});

async function freePort(): Promise<number> {
  const collector = await TraceCollector.start();
  const port = Number(new URL(collector.url).port);
  await collector.stop();
  return port;
}
