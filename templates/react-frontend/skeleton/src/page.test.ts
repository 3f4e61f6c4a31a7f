import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { createApp } from './app.ts';
import { Readiness } from './health.ts';
import { readPageConfig } from './page-config.ts';
import { Page } from './page.ts';
import { examplePage, script } from './testing/example-page.ts';

let app: FastifyInstance;

before(async () => {
  app = await createApp({ logLevel: 'silent', readiness: new Readiness(), page: examplePage(), pageConfig: readPageConfig({}) });
});

after(() => app.close());

const get = (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> => app.inject({ method: 'GET', url, headers });

test('files with their content in their name are kept for good, the page is asked for again', async () => {
  const asset = await get('/assets/index-B7x2.js');
  assert.equal(asset.statusCode, 200);
  assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(asset.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(asset.body, script);

  for (const url of ['/', '/index.html', '/icon.svg', '/settings', '/a/b/c?next=x.js']) {
    const page = await get(url, { accept: 'text/html,*/*;q=0.8' });
    assert.equal(page.statusCode, 200, url);
    assert.equal(page.headers['cache-control'], 'no-cache', url);
    const again = await get(url, { accept: 'text/html', 'if-none-match': String(page.headers.etag) });
    assert.equal(again.statusCode, 304, url);
    assert.equal(again.body, '');
  }
  const head = await app.inject({ method: 'HEAD', url: '/settings' });
  assert.equal(head.statusCode, 200);
  assert.equal(head.body, '');
});

test('what is missing is missing, and never the page instead', async () => {
  for (const url of [
    '/assets/index-old.js',
    '/assets/',
    '/favicon.ico',
    '/v1/nothing',
    '/assets/index-B7x2.js.map',
    '/assets/index-B7x2.js.br',
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
  ]) {
    const response = await get(url);
    assert.equal(response.statusCode, 404, url);
    assert.match(String(response.headers['content-type']), /^application\/problem\+json/, url);
  }
  assert.equal((await get('/settings', { accept: 'application/json' })).statusCode, 404);
  assert.throws(() => Page.load(join(tmpdir(), 'nobody-built-a-page-here')), /build the page first/);
});

test('sent as the browser likes it best', async () => {
  const url = '/assets/index-B7x2.js';
  const brotli = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), script);
  const gzip = await get(url, { 'accept-encoding': 'gzip, br;q=0' });
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(gzip.rawPayload).toString(), script);
  const plain = await get(url);
  assert.equal(plain.headers['content-encoding'], undefined);

  assert.equal(new Set([brotli, gzip, plain].map(({ headers }) => headers.etag)).size, 3);
  assert.ok([brotli, gzip, plain].every(({ headers }) => headers.vary === 'accept-encoding'));
});

test('every answer tells the browser what the page may do', async () => {
  for (const url of ['/', '/assets/index-B7x2.js', '/config.json', '/healthz', '/no/such.file']) {
    const { headers } = await get(url);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/, url);
    assert.doesNotMatch(policy, /unsafe|\*|data:/, url);
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
    assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin', url);
    assert.ok(headers['permissions-policy'] && headers['strict-transport-security'] && headers['cross-origin-opener-policy'], url);
  }
});
