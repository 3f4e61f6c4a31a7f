import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../report-event.mjs';

const command = fileURLToPath(new URL('../report-event.mjs', import.meta.url));

const GITHUB = {
  GITHUB_SERVER_URL: 'https://git.example',
  GITHUB_REPOSITORY: 'ticketing/fares',
  GITHUB_RUN_ID: '17',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SHA: '0b31b1c0',
};
const RUN = 'https://git.example/ticketing/fares/actions/runs/17';
const deployed = [
  'service',
  'deployed',
  '--environment',
  'staging',
  '--artifact',
  'pkg:oci/fares@sha256%3A0b31',
];

describe('report-event', () => {
  const token = 'wmk_ci_not-to-be-seen';
  const scratch = mkdtempSync(join(tmpdir(), 'report-event-'));
  const requests = [];
  const troubles = [];
  const known = new Set();
  let server;
  let url;

  before(async () => {
    server = createServer(async (request, response) => {
      const chunks = await Array.fromAsync(request);
      const text = Buffer.concat(chunks).toString();
      const body = text && JSON.parse(text);
      requests.push({ url: request.url, headers: request.headers, body });
      const trouble = troubles.shift();
      if (trouble === 'drop') {
        request.socket.destroy();
        return;
      }
      const answer = trouble ?? {
        status: 202,
        body: request.url.startsWith('/oidc')
          ? { value: 'token-of-the-run' }
          : {
              id: body.id,
              source: body.source,
              duplicate: known.has(body.id),
            },
      };
      known.add(body?.id);
      response.writeHead(answer.status, answer.headers);
      response.end(
        typeof answer.body === 'string'
          ? answer.body
          : JSON.stringify(answer.body ?? {}),
      );
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.close();
    rmSync(scratch, { recursive: true });
  });

  async function run(args, env = {}) {
    requests.length = 0;
    const out = [];
    const warnings = [];
    const code = await main({
      argv: args,
      env: {
        WAYMARK_URL: `${url}/`,
        WAYMARK_TOKEN: token,
        WAYMARK_ENTITY: 'component:default/fares',
        ...GITHUB,
        ...env,
      },
      log: line => out.push(line),
      warn: line => warnings.push(line),
      now: new Date('2026-08-01T10:00:00Z'),
      retryMs: 1,
    });
    assert.ok(!`${out} ${warnings}`.includes(token), 'it prints the token');
    return {
      code,
      out: out.join('\n'),
      warnings: warnings.join('\n'),
      event: requests.at(-1)?.body,
    };
  }

  it('sends one CloudEvent with one CDEvent', async () => {
    const { code, out, warnings, event } = await run([
      ...deployed,
      '--chain',
      'c-1',
      '--page',
      'https://fares.staging.example',
      '--data',
      'incident=i=7',
    ]);
    assert.equal(warnings, '');
    assert.equal(code, 0);
    assert.equal(requests[0].url, '/api/golden-paths/events');
    assert.equal(requests[0].headers.authorization, `Bearer ${token}`);
    assert.equal(
      requests[0].headers['content-type'],
      'application/cloudevents+json',
    );
    assert.match(event.id, /^[0-9a-f]{32}$/);
    const type = 'dev.cdevents.service.deployed.0.3.0';
    assert.deepEqual(event, {
      specversion: '1.0',
      id: event.id,
      source: RUN,
      type,
      time: '2026-08-01T10:00:00.000Z',
      subject: 'fares',
      datacontenttype: 'application/json',
      entityref: 'component:default/fares',
      data: {
        context: {
          specversion: '0.5.1',
          id: event.id,
          source: RUN,
          type,
          timestamp: '2026-08-01T10:00:00.000Z',
          chainId: 'c-1',
        },
        subject: {
          id: 'fares',
          content: {
            environment: { id: 'staging' },
            artifactId: 'pkg:oci/fares@sha256%3A0b31',
          },
        },
        customData: {
          revision: '0b31b1c0',
          url: 'https://fares.staging.example',
          incident: 'i=7',
        },
      },
    });
    assert.match(out, /took it/);
  });

  for (const [args, subject, content] of [
    [
      ['change', 'merged'],
      '0b31b1c0',
      { repository: { id: 'https://git.example/ticketing/fares' } },
    ],
    [
      ['pipelinerun', 'started', '--name', 'main'],
      RUN,
      { pipelineName: 'main', uri: RUN },
    ],
    [
      ['pipelinerun', 'finished', '--outcome', 'Cancelled'],
      RUN,
      { uri: RUN, outcome: 'cancel' },
    ],
    [['artifact', 'published', '--artifact', 'pkg:oci/a'], 'pkg:oci/a', {}],
    [
      ['service', 'removed', '--environment', 'staging', '--id', 'other'],
      'other',
      { environment: { id: 'staging' } },
    ],
    [['environment', 'created', '--environment', 'qa'], 'qa', {}],
    [
      ['incident', 'detected', '--id', 'i-7', '--environment', 'production'],
      'i-7',
      { environment: { id: 'production' } },
    ],
    [
      ['ticket', 'closed', '--id', '7', '--uri', '/7', '--resolution', 'done'],
      '7',
      { uri: '/7', resolution: 'done' },
    ],
    [
      [
        'repository',
        'created',
        '--name',
        'a',
        '--uri',
        'https://git.example/a',
      ],
      'a',
      { name: 'a', uri: 'https://git.example/a' },
    ],
  ]) {
    it(`sends ${args.slice(0, 2).join(' ')}`, async () => {
      const { event, warnings } = await run(args);
      assert.equal(warnings, '');
      assert.deepEqual(event.data.subject, { id: subject, content });
      assert.match(
        event.type,
        new RegExp(`^dev\\.cdevents\\.${args[0]}\\.${args[1]}\\.0\\.[23]\\.0$`),
      );
    });
  }

  it('has one id for the same in the same run, and another for anything else', async () => {
    const idOf = async (args, env) => (await run(args, env)).event.id;
    const id = await idOf(deployed);
    assert.equal(await idOf(deployed, { GITHUB_RUN_ATTEMPT: '2' }), id);
    assert.match((await run(deployed)).out, /had it already/);
    const others = [
      await idOf([...deployed.slice(0, 3), 'production', ...deployed.slice(4)]),
      await idOf(deployed, { GITHUB_RUN_ID: '18' }),
      await idOf(deployed, { WAYMARK_ENTITY: 'component:default/other' }),
      await idOf([...deployed, '--data', 'a=b']),
      await idOf([...deployed, '--at', '2026-08-01']),
    ];
    assert.equal(new Set([id, ...others]).size, 6);
    assert.equal(await idOf([...deployed, '--event-id', 'mine']), 'mine');

    // What runs again, ends again
    const finished = ['pipelinerun', 'finished', '--outcome', 'success'];
    assert.notEqual(
      await idOf(finished),
      await idOf(finished, { GITHUB_RUN_ATTEMPT: '2' }),
    );
    // Without a run nobody knows whether it is the same
    const nowhere = { GITHUB_RUN_ID: '', WAYMARK_SOURCE: 'https://ci.example' };
    assert.notEqual(
      await idOf(deployed, nowhere),
      await idOf(deployed, nowhere),
    );
  });

  it('knows the common pipelines', async () => {
    const none = Object.fromEntries(
      Object.keys(GITHUB).map(name => [name, undefined]),
    );
    const merged = ['change', 'merged'];
    for (const [env, source, commit, repository] of [
      [
        { GITEA_ACTIONS: 'true', GITHUB_RUN_NUMBER: '3' },
        'https://git.example/ticketing/fares/actions/runs/3',
        '0b31b1c0',
        'https://git.example/ticketing/fares',
      ],
      [
        {
          ...none,
          CI_PIPELINE_URL: 'https://gitlab.example/5',
          CI_COMMIT_SHA: 'c0ffee',
          CI_PROJECT_URL: 'https://gitlab.example/a/b',
        },
        'https://gitlab.example/5',
        'c0ffee',
        'https://gitlab.example/a/b',
      ],
      [
        {
          ...none,
          BUILD_URL: 'https://ci.example/job/6/',
          GIT_COMMIT: 'c0ffee',
          GIT_URL: 'https://me:secret@git.example/a/b.git',
        },
        'https://ci.example/job/6/',
        'c0ffee',
        'https://git.example/a/b',
      ],
    ]) {
      const { event } = await run(merged, env);
      assert.equal(event.source, source);
      assert.equal(event.data.subject.id, commit);
      assert.equal(event.data.subject.content.repository.id, repository);
    }
  });

  it('asks GitHub for the token of the run where none is given', async () => {
    await run(deployed, {
      WAYMARK_TOKEN: '',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/oidc?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of the job',
    });
    assert.equal(
      requests[0].url,
      `/oidc?api-version=2&audience=${encodeURIComponent(url)}`,
    );
    assert.equal(requests[0].headers.authorization, 'Bearer of the job');
    assert.equal(requests[1].headers.authorization, 'Bearer token-of-the-run');
  });

  it('tries again while the portal is in trouble', async () => {
    troubles.push('drop', { status: 503 }, { status: 429 });
    const { warnings, out } = await run([...deployed, '--strict']);
    assert.equal(warnings, '');
    assert.match(out, /had it already|took it/);
    assert.equal(requests.length, 4);
  });

  it('does not wait longer than a build can', async () => {
    troubles.push({ status: 503 });
    const real = Date.now;
    let calls = 0;
    Date.now = () => real() + 50_000 * calls++;
    try {
      const { warnings } = await run(deployed);
      assert.match(warnings, /503 \(1 attempt\)/);
    } finally {
      Date.now = real;
    }
  });

  for (const [what, trouble, message, attempts] of [
    [
      'a refusal',
      [{ status: 403, body: { error: { message: 'Not\n\u001b[0m yours' } } }],
      /answers 403: Not \[0m yours/,
      1,
    ],
    ['a redirect', [{ status: 302, headers: { location: '/' } }], /302/, 1],
    ['another server', [{ status: 200, body: '<html>' }], /not as a portal/, 1],
    ['another answer', [{ status: 200, body: '[]' }], /not as a portal/, 1],
    ['an outage', Array(4).fill({ status: 500 }), /500 \(4 attempts\)/, 4],
    ['no connection', Array(4).fill('drop'), /does not answer: .*4 att/, 4],
  ]) {
    it(`warns of ${what}, and fails only when it is strict`, async () => {
      troubles.push(...trouble);
      const lenient = await run(deployed);
      assert.match(lenient.warnings, message);
      assert.equal(requests.length, attempts);
      assert.equal(lenient.code, 0);
      troubles.push(...trouble);
      assert.equal((await run([...deployed, '--strict'])).code, 1);
    });
  }

  for (const [args, env, message] of [
    [[], {}, /what happened\?/],
    [['service'], {}, /service is none of the events/],
    [['to', 'string'], {}, /none of the events/],
    [['service', 'deployed'], {}, /needs --environment and --artifact/],
    [['pipelinerun', 'finished'], {}, /needs --outcome/],
    [
      ['pipelinerun', 'finished', '--outcome', 'fine'],
      {},
      /fine is none of success/,
    ],
    [
      ['pipelinerun', 'started', '--name', 'a'],
      { GITHUB_RUN_ID: '' },
      /needs a run that has an address/,
    ],
    [['--frobnicate'], {}, /'--frobnicate'/],
    [[...deployed, '--at', 'soon'], {}, /soon is no time/],
    [[...deployed, '--data', 'soon'], {}, /soon is not <name>=<text>/],
    [deployed, { GITHUB_RUN_ID: '' }, /where does it come from/],
    [deployed, { WAYMARK_URL: '' }, /nothing is sent/],
    [deployed, { WAYMARK_URL: 'ftp://x' }, /no address of a portal/],
    [deployed, { WAYMARK_TOKEN: '' }, /there is no credential/],
  ]) {
    it(`says ${message}`, async () => {
      const { code, warnings } = await run(args, env);
      assert.match(warnings, message);
      assert.equal(code, 0);
      assert.equal(requests.length, 0);
    });
  }

  it('is a command, also under another name', () => {
    const link = join(scratch, 'report-event');
    symlinkSync(command, link);
    const start = (...args) =>
      spawnSync(process.execPath, [link, ...args], {
        encoding: 'utf8',
        env: GITHUB,
      });
    assert.match(start('--help').stdout, /^Usage: report-event/);
    assert.equal(start('nothing').status, 0);
    assert.equal(start('nothing', '--strict').status, 1);
    const dry = start('--dry-run', '--entity', 'component:a', ...deployed);
    assert.match(dry.stdout, /"entityref": "component:a"/);
    assert.equal(dry.stderr, '');
  });
});
