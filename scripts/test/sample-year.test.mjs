import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sources } from '../../examples/delivery/cdEvents.mjs';
import { sampleYear } from '../../examples/delivery/year.mjs';
import { sampleConfig } from '../lib/sample.mjs';
import {
  forgetSampleYear,
  sendSampleYear,
  tellSampleYear,
} from '../lib/sample-year.mjs';

const anchor = '2026-11-22';
const yearUntil = day => sampleYear({ anchor, until: new Date(day) });
const idOf = ({ source, id }) => `${source} ${id}`;
const byId = events => new Map(events.map(event => [idOf(event), event]));

describe('the year of the sample', () => {
  const year = yearUntil('2026-11-22T20:00:00Z');

  it('is a year, of some thousand events, each told once', () => {
    assert.ok(year.length > 3_000 && year.length < 6_000, `${year.length}`);
    assert.equal(byId(year).size, year.length);
    const times = year.map(({ time }) => time).sort();
    assert.ok(times[0] < '2025-12-01', times[0]);
    assert.ok(times.at(-1) > '2026-11-20', times.at(-1));
    assert.ok(times.at(-1) <= '2026-11-22T20:00:00.000Z', times.at(-1));
    assert.ok(year.every(({ sample }) => sample));
  });

  it('is the same whenever it is told; another day only adds to it', () => {
    assert.deepEqual(yearUntil('2026-11-22T20:00:00Z'), year);
    const later = byId(yearUntil('2026-12-30T12:00:00Z'));
    assert.ok(later.size > year.length);
    for (const event of year) {
      assert.deepEqual(later.get(idOf(event)), event);
    }
  });

  it('is told by those that the configuration knows', () => {
    const config = readFileSync(sampleConfig, 'utf8');
    for (const source of [sources.clusters, sources.goldenPaths]) {
      assert.ok(config.includes(`- source: ${source}\n`), source);
    }
  });
});

describe('telling it', () => {
  let dataDir;
  let server;
  let url;
  let seen;
  let answers;
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
    seen = [];
    answers = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      if (request.url.startsWith('/api/auth/')) {
        response.end('{"backstageIdentity":{"token":"guest"}}');
        return;
      }
      const answer = answers.shift() ?? { status: 202 };
      const events = JSON.parse(body);
      if (answer.status < 300) {
        seen.push(...events.map(idOf));
      }
      response
        .writeHead(answer.status)
        .end(JSON.stringify({ items: answer.items ?? [] }));
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
    rmSync(dataDir, { recursive: true, force: true });
  });

  const send = day => sendSampleYear({ url, dataDir, now: new Date(day) });

  it('tells each event once, the next day only what is new', async () => {
    const first = await send('2026-11-19T20:00:00Z');
    assert.equal(first, seen.length);
    const second = await send('2026-11-20T20:00:00Z');
    assert.ok(second > 0 && second < 200, `${second}`);
    assert.equal(new Set(seen).size, first + second);
    const year = sampleYear({
      anchor: '2026-11-19',
      until: new Date('2026-11-20T20:00:00Z'),
    });
    assert.deepEqual([...seen].sort(), year.map(idOf).sort());
  });

  it('goes on where it was interrupted, with the same year', async () => {
    answers = [{ status: 202 }, { status: 503 }, { status: 401 }];
    answers.push({ status: 202, items: [{ error: { message: 'no' } }] });
    await assert.rejects(send('2026-11-19T20:00:00Z'), /^Error: no$/);
    seen = [];
    await send('2026-11-21T20:00:00Z');
    const year = sampleYear({
      anchor: '2026-11-19',
      until: new Date('2026-11-21T20:00:00Z'),
    });
    assert.deepEqual([...seen].sort(), year.map(idOf).sort());
  });

  it('disturbs nobody when it is stopped', async () => {
    await tellSampleYear({ url, dataDir, signal: AbortSignal.abort() });
    assert.deepEqual(seen, []);
  });

  it('is forgotten with the sample', async () => {
    await send('2026-11-19T20:00:00Z');
    forgetSampleYear(dataDir);
    assert.equal(existsSync(path.join(dataDir, 'sample-year.json')), false);
    const before = seen.length;
    await send('2026-11-19T20:00:00Z');
    assert.equal(seen.length, 2 * before);
  });
});
