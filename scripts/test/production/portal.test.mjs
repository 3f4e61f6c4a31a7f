import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installProduction } from '../../lib/production/install.mjs';
import { signIn, tokenOf } from '../../lib/production/sign-in.mjs';
import { startPostgres } from '../../lib/postgres.mjs';
import { startProduction } from '../../lib/production.mjs';
import { toolsDir } from '../../lib/paths.mjs';
import { startGithub } from '../../stand-ins/github/startGithub.mjs';
import { temporaryFolder } from '../../lib/postgres/folders.mjs';

// The installed bundle with its own configuration, as two replicas on one
// PostgreSQL, with people and repositories from a GitHub

const bundleDir =
  process.env.WAYMARK_PRODUCTION_DIR || path.join(toolsDir, 'production');
const quick = fileURLToPath(new URL('quick.yaml', import.meta.url));
const limit = 3000;

const json = response => response.json();
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function eventually(look, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await sleep(250);
    }
  }
}

describe('the portal in production', () => {
  const dataDir = temporaryFolder();
  let postgres;
  let github;
  let replicas = [];
  let token;

  before(
    async () => {
      if (!process.env.WAYMARK_PRODUCTION_DIR) {
        await installProduction({ directory: bundleDir, quiet: true });
      }
      postgres = await startPostgres({ dataDir });
      github = await startGithub({
        organization: {
          login: 'kestrelvale-rail',
          teams: [
            { name: 'Ticketing', slug: 'ticketing', members: ['maren-osei'] },
          ],
          repositories: [
            {
              name: 'seat-reservations',
              files: {
                'catalog-info.yaml': [
                  'apiVersion: backstage.io/v1alpha1',
                  'kind: Component',
                  'metadata:',
                  '  name: seat-reservations',
                  '  description: Keeps every velocipede in its place',
                  'spec:',
                  '  type: service',
                  '  lifecycle: production',
                  '  owner: ticketing',
                  '',
                ].join('\n'),
              },
            },
          ],
        },
        users: [
          { login: 'maren-osei', name: 'Maren Osei', role: 'member' },
          // Of the same GitHub, but not of the organisation
          { login: 'passer-by', name: 'Passer By' },
        ],
      });
      // On an empty database, at once: both want to make the same tables
      const started = await Promise.allSettled(
        [1, 2].map(() =>
          startProduction({ bundleDir, postgres, github, configs: [quick] }),
        ),
      );
      replicas = started.flatMap(({ value }) => value ?? []);
      for (const { reason } of started) {
        assert.equal(reason, undefined);
      }
      token = await tokenOf({ url: replicas[0].url, login: 'maren-osei' });
    },
    { timeout: 300_000 },
  );

  after(
    async () => {
      await Promise.all(replicas.map(replica => replica.stop()));
      await github?.stop();
      await postgres?.stop();
    },
    { timeout: 60_000 },
  );

  /** A request from the address of a person nobody else is. */
  let people = 0;
  const get = (target, { replica = replicas[0], as, ...init } = {}) =>
    fetch(new URL(target, replica.url), {
      redirect: 'manual',
      ...init,
      headers: {
        'x-forwarded-for': `192.0.2.${(people++ % 250) + 1}`,
        ...(as ? { authorization: `Bearer ${as}` } : {}),
        ...init.headers,
      },
    });

  it('serves the page with a strict policy for the browser', async () => {
    const response = await get('/', { headers: { accept: 'text/html' } });
    assert.equal(response.status, 200);
    const page = await response.text();
    assert.match(page, /<html/);
    // With the configuration of this portal, not that of the build
    assert.ok(page.includes(replicas[0].url));
    assert.doesNotMatch(page, /localhost:7007|personas|guest/);

    const policy = Object.fromEntries(
      response.headers
        .get('content-security-policy')
        .split(';')
        .map(text => text.trim().split(/ (.*)/)),
    );
    assert.equal(policy['default-src'], "'self'");
    assert.equal(policy['script-src'], "'self' 'unsafe-eval'");
    assert.equal(policy['object-src'], "'none'");
    assert.equal(policy['form-action'], "'self'");
    assert.ok('upgrade-insecure-requests' in policy);
    assert.match(
      response.headers.get('strict-transport-security'),
      /max-age=\d{7}/,
    );
  });

  it('lets nobody in as guest or as one of the sample people', async () => {
    for (const provider of ['guest', 'personas']) {
      for (const [method, route] of [
        ['POST', 'refresh'],
        ['GET', 'refresh'],
        ['GET', 'start?env=production'],
        ['GET', 'people'],
      ]) {
        const response = await get(`/api/auth/${provider}/${route}`, {
          method,
          headers: { 'x-requested-with': 'XMLHttpRequest' },
        });
        assert.equal(response.status, 404, `${method} ${provider}/${route}`);
      }
    }
  });

  it('answers nothing to those who have not signed in', async () => {
    for (const target of [
      '/api/catalog/entities',
      '/api/catalog/entities/by-query',
      '/api/search/query?term=seat',
      '/api/scaffolder/v2/tasks',
      '/api/scaffolder/v2/actions',
      '/api/techdocs/static/docs/default/component/seat-reservations/index.html',
      '/api/notifications/',
      '/api/ci-credentials/credentials',
      '/api/golden-paths/events',
      '/api/forge/',
    ]) {
      const response = await get(target);
      assert.equal(response.status, 401, target);
    }
    const guess = await get('/api/catalog/entities', { as: 'guessed' });
    assert.equal(guess.status, 401);
  });

  it('lets people of the catalog in, and nobody else', async () => {
    assert.ok(token);
    const { error } = await signIn({
      url: replicas[0].url,
      login: 'passer-by',
    });
    assert.match(error.message, /not in the catalog/);
  });

  it('holds what GitHub has and its own templates, nothing else', async () => {
    const origin = 'backstage.io/managed-by-origin-location';
    const entities = await eventually(async () => {
      const found = await get('/api/catalog/entities', { as: token }).then(
        json,
      );
      const kinds = new Set(found.map(({ kind }) => kind));
      for (const kind of ['Component', 'Group', 'User']) {
        assert.ok(kinds.has(kind), `${kind} is not there yet`);
      }
      return found;
    });
    const foreign = entities.filter(({ metadata }) => {
      const from = metadata.annotations?.[origin] ?? '';
      return !(
        from.replace(/^url:https?:/, '').startsWith(`//${github.host}/`) ||
        from.startsWith(`file:${bundleDir}/templates/`)
      );
    });
    assert.deepEqual(
      foreign.map(({ metadata }) => metadata),
      [],
    );
    const forge = await get('/api/forge/', { as: token });
    assert.equal(forge.status, 404);
  });

  it('finds with the index of PostgreSQL, on every replica', async () => {
    for (const replica of replicas) {
      const { results } = await eventually(async () => {
        // A word of the description, in another form: PostgreSQL knows its stem
        const found = await get('/api/search/query?term=velocipedes', {
          as: token,
          replica,
        }).then(json);
        assert.ok(found.results.length > 0);
        return found;
      });
      assert.equal(results[0].document.title, 'seat-reservations');
    }
  });

  it('limits the requests of one address, but not people at work', async () => {
    const statuses = new Map();
    const burst = async (count, from, target) => {
      let left = count;
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          while (left-- > 0) {
            const { status } = await get(target, {
              headers: { 'x-forwarded-for': from },
            }).then(async response => {
              await response.arrayBuffer();
              return response;
            });
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }
        }),
      );
    };
    // Ten cold loads of the page within a moment, all plugins asking each other
    await burst(1000, '198.51.100.1', '/api/catalog/entities');
    assert.deepEqual([...statuses], [[401, 1000]]);

    statuses.clear();
    await burst(limit + 50, '198.51.100.2', '/api/catalog/entities');
    assert.deepEqual(Object.fromEntries(statuses), { 401: limit, 429: 50 });
    // Nobody else is shut out, and what plugins ask each other goes on
    const other = await get('/api/catalog/entities?limit=1', { as: token });
    assert.equal(other.status, 200);
  });

  it('says when its database is away, and goes on when it is back', async () => {
    const health = async what => {
      const response = await get(`/.backstage/health/v1/${what}`);
      const { message } = await response.json();
      return { status: response.status, message };
    };
    assert.equal((await health('readiness')).status, 200);
    const { port } = postgres.connection;
    await postgres.stop();
    try {
      const away = await eventually(async () => {
        const answer = await health('readiness');
        assert.equal(answer.status, 503);
        return answer;
      });
      assert.match(away.message, /^The database /);
      assert.equal((await health('liveness')).status, 200);
    } finally {
      postgres = await startPostgres({ dataDir, port });
    }
    for (const replica of replicas) {
      await eventually(async () => {
        const response = await get('/api/catalog/entities?limit=1', {
          as: token,
          replica,
        });
        assert.equal(response.status, 200);
      });
    }
    await eventually(async () =>
      assert.equal((await health('readiness')).status, 200),
    );
  });

  it('names what is missing instead of starting', async () => {
    await assert.rejects(
      startProduction({
        bundleDir,
        postgres,
        github,
        env: { GITHUB_APP_ID: '', WAYMARK_SESSION_SECRET: undefined },
      }),
      /Not set: GITHUB_APP_ID, WAYMARK_SESSION_SECRET\./,
    );
  });

  it('writes no secret into its log', async () => {
    for (const { logFile } of replicas) {
      const log = readFileSync(logFile, 'utf8');
      for (const secret of [
        postgres.connection.password,
        github.app.clientSecret,
        github.app.webhookSecret,
        github.token,
        token,
        'PRIVATE KEY',
      ]) {
        assert.ok(
          !log.includes(secret),
          `${secret.slice(0, 4)}… is in the log`,
        );
      }
    }
  });

  it('stops in time when it is told to', async () => {
    const [, second] = replicas;
    const started = Date.now();
    await second.stop();
    assert.ok(Date.now() - started < 15_000);
    replicas = replicas.slice(0, 1);
    // The other one does not mind
    const response = await get('/api/catalog/entities?limit=1', { as: token });
    assert.equal(response.status, 200);
  });
});
