/** Holds what the service answers against what openapi.yaml promises. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { createApp } from './app.ts';
import { Readiness } from './health.ts';

interface Contract {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, unknown> }> }>>;
}

const contract = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(contract, 'openapi.yaml');

const readiness = new Readiness();
let app: FastifyInstance;

before(async () => {
  app = await createApp({ logLevel: 'silent', readiness });
});

after(() => app.close());

/** Asks the service and checks the answer against the contract of that path. */
async function ask(options: { path: string; url: string; status: number }): Promise<unknown> {
  const { path, url, status } = options;
  const response = await app.inject({ method: 'GET', url });
  assert.equal(response.statusCode, status, response.body);

  const described = contract.paths[path]?.get?.responses[status];
  assert.ok(described, `openapi.yaml does not describe ${status} of GET ${path}`);
  const mediaType = String(response.headers['content-type']).split(';', 1)[0]!;
  assert.ok(described.content[mediaType], `openapi.yaml does not describe ${mediaType} for ${status} of GET ${path}`);

  const pointer = ['paths', path, 'get', 'responses', String(status), 'content', mediaType, 'schema']
    .map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi.yaml#/${pointer}` });
  const body: unknown = response.json();
  assert.ok(validate(body), JSON.stringify(validate.errors));
  return body;
}

test('a greeting in English unless asked otherwise', async () => {
  const path = '/v1/greetings/{name}';
  assert.deepEqual(await ask({ path, url: '/v1/greetings/Ada', status: 200 }), { message: 'Hello, Ada!', language: 'en' });
  assert.deepEqual(await ask({ path, url: '/v1/greetings/Ada?language=fr', status: 200 }), {
    message: 'Bonjour, Ada!',
    language: 'fr',
  });
});

test('any name comes back as it was sent', async () => {
  const name = '<b>"Zoë" & 🦊</b>';
  const body = await ask({ path: '/v1/greetings/{name}', url: `/v1/greetings/${encodeURIComponent(name)}`, status: 200 });
  assert.deepEqual(body, { message: `Hello, ${name}!`, language: 'en' });
});

test('a language nobody speaks here and a name too long are refused', async () => {
  const path = '/v1/greetings/{name}';
  const language = (await ask({ path, url: '/v1/greetings/Ada?language=tlh', status: 400 })) as { detail: string };
  assert.match(language.detail, /language/);
  const name = (await ask({ path, url: `/v1/greetings/${'a'.repeat(65)}`, status: 400 })) as { detail: string };
  assert.match(name.detail, /name/);
});

test('the service is alive before it is ready', async () => {
  assert.deepEqual(await ask({ path: '/healthz', url: '/healthz', status: 200 }), { status: 'ok' });
  assert.deepEqual(await ask({ path: '/readyz', url: '/readyz', status: 503 }), { status: 'not ready' });
  readiness.set(true);
  assert.deepEqual(await ask({ path: '/readyz', url: '/readyz', status: 200 }), { status: 'ready' });
});

test('every path of the contract is served', () => {
  for (const path of Object.keys(contract.paths)) {
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
    assert.ok(app.hasRoute({ method: 'GET', url }), `${path} is in openapi.yaml and nowhere else`);
  }
});

test('an unknown address is a plain 404', async () => {
  const response = await app.inject({ method: 'GET', url: '/nowhere' });
  assert.equal(response.statusCode, 404);
  assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
});

test('an error inside is not told to the caller', async () => {
  const broken = await createApp({ logLevel: 'silent', readiness });
  broken.get('/broken', () => {
    throw new Error('the password is hunter2');
  });
  const response = await broken.inject({ method: 'GET', url: '/broken' });
  assert.equal(response.statusCode, 500);
  assert.doesNotMatch(response.body, /hunter2/);
  await broken.close();
});
