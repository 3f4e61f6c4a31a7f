import assert from 'node:assert/strict';
import test from 'node:test';
import { readConfig } from './config.ts';

test('an empty environment gives the documented defaults', () => {
  assert.deepEqual(readConfig({}), {
    host: '0.0.0.0',
    port: ${{ values.service.port }},
{%- if values.service.grpcPort %}
    grpcPort: ${{ values.service.grpcPort }},
{%- endif %}
    metricsPort: ${{ values.service.metricsPort }},
    logLevel: 'info',
    shutdownDelayMs: 5000,
    shutdownTimeoutMs: 20_000,
  });
});

test('what the environment says is taken', () => {
  const config = readConfig({ HOST: '127.0.0.1', PORT: '3000', METRICS_PORT: '0', LOG_LEVEL: 'debug', SHUTDOWN_DELAY_MS: '0' });
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 3000);
  assert.equal(config.metricsPort, 0);
  assert.equal(config.logLevel, 'debug');
  assert.equal(config.shutdownDelayMs, 0);
});

for (const [name, value] of [
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['METRICS_PORT', '-1'],
{%- if values.service.grpcPort %}
  ['GRPC_PORT', '50051x'],
{%- endif %}
  ['SHUTDOWN_DELAY_MS', '1.5'],
  ['LOG_LEVEL', 'chatty'],
] as const) {
  test(`${name}=${value} is refused by name`, () => {
    assert.throws(() => readConfig({ [name]: value }), new RegExp(`^Error: ${name} must be .*"${value}"$`));
  });
}
