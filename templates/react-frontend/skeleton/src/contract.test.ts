/** Holds what the service answers against what openapi.yaml promises. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { Allowance } from './allowance.ts';
import { createApp } from './app.ts';
import { Readiness } from './health.ts';
import { readPageConfig } from './page-config.ts';
import { examplePage } from './testing/example-page.ts';

type Method = 'get' | 'post';

interface Contract {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

const contract = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(contract, 'openapi.yaml');

const report = { source: 'render', name: 'TypeError', message: 'x is undefined', stack: 'TypeError: x\n  at y', path: '/settings', version: '0.1.0' };
const readiness = new Readiness();
let app: FastifyInstance;

before(async () => {
  app = await createApp({ logLevel: 'silent', readiness, page: examplePage(), pageConfig: readPageConfig({}) });
});

after(() => app.close());

/** Asks the service and checks the answer against the contract of that path. */
async function ask(options: {
  method?: Method;
  path: string;
  status: number;
  payload?: string | object;
  headers?: Record<string, string>;
  of?: FastifyInstance;
}): Promise<unknown> {
  const { method = 'get', path, status, payload, headers, of = app } = options;
  const response = await of.inject({ method: method === 'get' ? 'GET' : 'POST', url: path, payload, headers });
  assert.equal(response.statusCode, status, response.body);

  const described = contract.paths[path]?.[method]?.responses[status];
  assert.ok(described, `openapi.yaml does not describe ${status} of ${method} ${path}`);
  if (described.content === undefined) {
    assert.equal(response.body, '');
    return undefined;
  }
  const mediaType = String(response.headers['content-type']).split(';', 1)[0]!;
  assert.ok(described.content[mediaType], `openapi.yaml does not describe ${mediaType} for ${status} of ${method} ${path}`);

  const pointer = ['paths', path, method, 'responses', String(status), 'content', mediaType, 'schema']
    .map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi.yaml#/${pointer}` });
  const body: unknown = mediaType.endsWith('json') ? response.json() : response.body;
  assert.ok(validate(body), JSON.stringify(validate.errors));
  return body;
}

test('the page, and what it is told about where it runs', async () => {
  assert.match((await ask({ path: '/', status: 200 })) as string, /<title>/);
  const config = (await ask({ path: '/config.json', status: 200 })) as { environment: string };
  assert.equal(config.environment, 'local');

  const pageConfig = readPageConfig({ OTEL_RESOURCE_ATTRIBUTES: 'a=b,deployment.environment.name=staging', API_URL: 'https://api.example.org/v1/' });
  const staging = await createApp({ logLevel: 'silent', readiness, page: examplePage(), pageConfig });
  const told = (await ask({ path: '/config.json', status: 200, of: staging })) as { environment: string; apiUrl: string };
  assert.equal(told.environment, 'staging');
  assert.equal(told.apiUrl, 'https://api.example.org/v1');
  const { headers } = await staging.inject('/');
  assert.match(String(headers['content-security-policy']), /connect-src 'self' https:\/\/api\.example\.org;/);
  await staging.close();
});

for (const [name, value] of [
  ['API_URL', 'javascript:alert(1)'],
  ['API_URL', 'https://'],
  ['API_URL', 'api.example.org'],
] as const) {
  test(`${name}=${value} is refused by name`, () => {
    assert.throws(() => readPageConfig({ [name]: value }), new RegExp(`^Error: ${name} must be `));
  });
}

test('errors of browsers are taken as the contract says, and nothing else', async () => {
  const path = '/v1/client-errors';
  const send = (payload: string | object, status: number, headers?: Record<string, string>) =>
    ask({ method: 'post', path, payload, status, headers }) as Promise<{ detail: string }>;

  await send(report, 204);
  assert.match((await send({ ...report, source: 'elsewhere' }, 400)).detail, /source/);
  assert.match((await send({ ...report, message: 'a'.repeat(501) }, 400)).detail, /message/);
  assert.match((await send({ ...report, version: 1 }, 400)).detail, /version/);
  assert.match((await send({ ...report, cookie: 'x' }, 400)).detail, /additional/);
  await send('{"source":', 400, { 'content-type': 'application/json' });
  await send({ ...report, stack: 'a'.repeat(20_000) }, 413);
  await send(JSON.stringify(report), 415, { 'content-type': 'text/plain' });
});

test('more errors than a minute has room for are refused until there is room again', async () => {
  let now = 0;
  const clientErrors = new Allowance({ amount: 2, perMs: 60_000, now: () => now });
  const small = await createApp({ logLevel: 'silent', readiness, page: examplePage(), pageConfig: readPageConfig({}), clientErrors });
  const send = (status: number) => ask({ method: 'post', path: '/v1/client-errors', payload: report, status, of: small });
  await send(204);
  await send(204);
  await send(429);
  const refused = await small.inject({ method: 'POST', url: '/v1/client-errors', payload: report });
  assert.equal(refused.headers['retry-after'], '30');
  now = 30_000;
  await send(204);
  await send(429);
  await small.close();
});

test('the service is alive before it is ready', async () => {
  assert.deepEqual(await ask({ path: '/healthz', status: 200 }), { status: 'ok' });
  assert.deepEqual(await ask({ path: '/readyz', status: 503 }), { status: 'not ready' });
  readiness.set(true);
  assert.deepEqual(await ask({ path: '/readyz', status: 200 }), { status: 'ready' });
});

test('every path of the contract is served', () => {
  for (const [path, operations] of Object.entries(contract.paths)) {
    for (const method of Object.keys(operations)) {
      assert.ok(app.hasRoute({ method: method === 'get' ? 'GET' : 'POST', url: path }), `${method} ${path} is in openapi.yaml and nowhere else`);
    }
  }
});

test('an error inside is not told to the caller', async () => {
  const broken = await createApp({ logLevel: 'silent', readiness, page: examplePage(), pageConfig: readPageConfig({}) });
  broken.get('/v1/broken', () => {
    throw new Error('the password is hunter2');
  });
  const response = await broken.inject({ method: 'GET', url: '/v1/broken' });
  assert.equal(response.statusCode, 500);
  assert.doesNotMatch(response.body, /hunter2/);
  await broken.close();
});
