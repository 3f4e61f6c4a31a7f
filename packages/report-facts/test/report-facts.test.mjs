import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main, readLcov, readReport } from '../report-facts.mjs';

const command = fileURLToPath(new URL('../report-facts.mjs', import.meta.url));
const file = name =>
  fileURLToPath(new URL(`./reports/${name}`, import.meta.url));
const read = name => readReport(readFileSync(file(name), 'utf8'));

describe('reports', () => {
  it('reads what Node.js writes as LCOV', () => {
    assert.deepEqual(read('node.lcov.info'), { 'coverage.percent': 66.66 });
  });

  it('counts a line once that several tests report, and sums where no lines are told', () => {
    const record = (name, ...lines) =>
      `TN:${name}\r\nSF:a.js\r\n${lines.join('\r\n')}\r\nend_of_record\r\n`;
    assert.deepEqual(
      readLcov(
        record('one', 'DA:1,1', 'DA:2,0', 'DA:3,0', 'LF:3', 'LH:1') +
          record('two', 'DA:1,0', 'DA:2,4', 'DA:3,0', 'LF:3', 'LH:1') +
          'SF:b.js\nLF:3\nLH:1\nend_of_record\n',
      ),
      { 'coverage.percent': 50 },
    );
    // Never more than it is
    assert.deepEqual(readLcov('SF:a\nLF:100000\nLH:79999\nend_of_record'), {
      'coverage.percent': 79.99,
    });
  });

  it('reads Cobertura of Istanbul and of coverage.py, and one with a rate only', () => {
    assert.deepEqual(read('istanbul.cobertura.xml'), {
      'coverage.percent': 80,
    });
    assert.deepEqual(read('python.cobertura.xml'), {
      'coverage.percent': 77.5,
    });
    assert.deepEqual(
      readReport(
        '<!-- <coverage line-rate="1"> --><coverage line-rate="0.5"></coverage>',
      ),
      { 'coverage.percent': 50 },
    );
  });

  it('reads Trivy, each vulnerability once and as grave as it gets', () => {
    assert.deepEqual(read('trivy.json'), {
      'vulnerabilities.critical': 1,
      'vulnerabilities.high': 1,
      'vulnerabilities.medium': 0,
      'vulnerabilities.low': 1,
      'vulnerabilities.scanned': 'registry.example/fares:1.4.0',
      at: '2026-01-10T09:30:00.123456789Z',
    });
    assert.equal(
      readReport('{"ArtifactName":"x","Results":null}')[
        'vulnerabilities.critical'
      ],
      0,
    );
  });

  it('reads SARIF of Trivy and of Grype, without what is accepted', () => {
    assert.deepEqual(read('trivy.sarif'), {
      'vulnerabilities.critical': 1,
      'vulnerabilities.high': 0,
      'vulnerabilities.medium': 1,
      'vulnerabilities.low': 0,
      'vulnerabilities.scanned': 'registry.example/fares:1.4.0',
      at: undefined,
    });
    assert.deepEqual(read('grype.sarif'), {
      'vulnerabilities.critical': 0,
      'vulnerabilities.high': 1,
      'vulnerabilities.medium': 0,
      'vulnerabilities.low': 1,
      'vulnerabilities.scanned': undefined,
      at: undefined,
    });
  });

  for (const [text, message] of [
    ['', /is empty/],
    ['hello', /neither LCOV/],
    ['SF:a.js\nDA:1,1\n', /in the middle of a record/],
    ['TN:\n', /no lines/],
    ['SF:a\nLF:1\nLH:2\nend_of_record', /2 of 1 lines/],
    ['<html></html>', /no element <coverage>/],
    ['<coverage lines-valid="2" lines-covered="1"><packages>', /in the middle/],
    ['<coverage lines-valid="0" lines-covered="0"></coverage>', /no lines/],
    ['<coverage></coverage>', /does not say how many/],
    ['{"runs": [', /no JSON/],
    ['{"a": 1}', /neither of Trivy nor SARIF/],
    ['{"runs": []}', /no runs/],
    ['{"runs": [{"results": 7}]}', /results is no list/],
    ['{"runs": [{"results": [{"ruleId": "no-var"}]}]}', /security-severity/],
    [
      '{"ArtifactName": "x", "Results": [{"Class": "config"}]}',
      /nothing of packages/,
    ],
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => readReport(text), message);
    });
  }
});

describe('report-facts', () => {
  const token = 'wmk_ci_secret';
  const requests = [];
  /** Answers to come before the portal answers as it does. */
  const troubles = [];
  let server;
  let url;
  let scratch;

  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'report-facts-'));
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) {
        text += chunk;
      }
      const body = text && JSON.parse(text);
      requests.push({ url: request.url, headers: request.headers, body });
      const trouble = troubles.shift();
      if (trouble === 'drop') {
        request.socket.destroy();
        return;
      }
      const answer = trouble ?? {
        status: 200,
        body: request.url.startsWith('/oidc')
          ? { value: 'token-of-the-run' }
          : {
              items: body.facts.map(({ value }) =>
                value === 0
                  ? {
                      status: 'rejected',
                      error: {
                        name: 'InputError',
                        message: 'nothing\n\u001b[0m',
                      },
                    }
                  : { status: 'accepted' },
              ),
            },
      };
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
        ...env,
      },
      log: line => out.push(line),
      warn: line => warnings.push(line),
      retryMs: 1,
    });
    assert.ok(!`${out} ${warnings}`.includes(token), 'it prints the token');
    return { code, out: out.join('\n'), warnings: warnings.join('\n') };
  }

  it('sends what the reports say, with time and source', async () => {
    const { code, out, warnings } = await run([
      file('node.lcov.info'),
      file('trivy.sarif'),
      '--source',
      'Nightly',
    ]);
    const of = name => statSync(file(name)).mtime.toISOString();
    assert.equal(code, 0);
    assert.equal(requests[0].url, '/api/scorecards/facts');
    assert.equal(requests[0].headers.authorization, `Bearer ${token}`);
    assert.deepEqual(requests[0].body.facts.slice(0, 2), [
      {
        entityRef: 'component:default/fares',
        name: 'coverage.percent',
        value: 66.66,
        observedAt: of('node.lcov.info'),
        source: 'Nightly',
      },
      {
        entityRef: 'component:default/fares',
        name: 'vulnerabilities.critical',
        value: 1,
        observedAt: of('trivy.sarif'),
        source: 'Nightly',
      },
    ]);
    assert.match(out, /coverage\.percent = 66\.66/);
    assert.match(out, /took 4 of 6 facts/);
    assert.match(
      warnings,
      /vulnerabilities\.high was rejected: nothing \[0m$/m,
    );
  });

  it('takes time, source and what was scanned from report, run and options', async () => {
    const github = {
      GITHUB_SERVER_URL: 'https://git.example',
      GITHUB_REPOSITORY: 'ticketing/fares',
      GITHUB_RUN_ID: '17',
    };
    await run([file('trivy.json')], github);
    assert.deepEqual(
      [...new Set(requests[0].body.facts.map(fact => fact.observedAt))],
      ['2026-01-10T09:30:00.123Z'],
    );
    assert.equal(
      requests[0].body.facts[0].source,
      'https://git.example/ticketing/fares/actions/runs/17',
    );
    for (const [env, source] of [
      [
        { ...github, GITEA_ACTIONS: 'true', GITHUB_RUN_NUMBER: '3' },
        'https://git.example/ticketing/fares/actions/runs/3',
      ],
      [{ CI_PIPELINE_URL: 'https://ci.example/5' }, 'https://ci.example/5'],
      [{ BUILD_URL: 'https://ci.example/job/6/' }, 'https://ci.example/job/6/'],
    ]) {
      await run([file('trivy.json')], env);
      assert.equal(requests[0].body.facts[0].source, source);
    }
    await run([
      file('grype.sarif'),
      '--scanned',
      'fares:dev',
      '--observed-at',
      '2026-01-02T03:04:05+01:00',
      '--entity',
      'component:default/other',
    ]);
    assert.deepEqual(requests[0].body.facts.at(-1), {
      entityRef: 'component:default/other',
      name: 'vulnerabilities.scanned',
      value: 'fares:dev',
      observedAt: '2026-01-02T02:04:05.000Z',
    });
  });

  it('asks GitHub for the token of the run where none is given', async () => {
    await run([file('node.lcov.info')], {
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
    const { warnings, out } = await run([file('node.lcov.info'), '--strict']);
    assert.equal(warnings, '');
    assert.match(out, /took 1 of 1/);
    assert.equal(requests.length, 4);
  });

  for (const [what, trouble, message, attempts] of [
    [
      'a refusal',
      [{ status: 403, body: { error: { message: 'Not yours' } } }],
      /answers 403: Not yours/,
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
      const lenient = await run([file('node.lcov.info')]);
      assert.match(lenient.warnings, message);
      assert.equal(requests.length, attempts);
      assert.equal(lenient.code, 0);
      troubles.push(...trouble);
      assert.equal((await run([file('node.lcov.info'), '--strict'])).code, 1);
    });
  }

  it('says of each file why it is left out, and sends the others', async () => {
    const large = join(scratch, 'large.json');
    writeFileSync(large, '{');
    truncateSync(large, 200 * 1024 * 1024);
    const { warnings, out } = await run([
      'nowhere.xml',
      large,
      scratch,
      file('node.lcov.info'),
      file('python.cobertura.xml'),
    ]);
    assert.match(warnings, /nowhere\.xml is left out: it is not there/);
    assert.match(
      warnings,
      /large\.json is left out: it has 210 MB, and at most 100/,
    );
    assert.match(warnings, /is left out: EISDIR/);
    assert.match(warnings, /python.*another report has said coverage\.percent/);
    assert.match(out, /took 1 of 1/);
  });

  for (const [args, env, message] of [
    [[], {}, /there is no report/],
    [['--frobnicate'], {}, /'--frobnicate'/],
    [[file('node.lcov.info')], { WAYMARK_ENTITY: '' }, /whom is it about/],
    [[file('node.lcov.info')], { WAYMARK_URL: '' }, /nothing is sent/],
    [[file('node.lcov.info')], { WAYMARK_URL: 'ftp://x' }, /no address of a/],
    [[file('node.lcov.info')], { WAYMARK_TOKEN: '' }, /there is no credential/],
    [[file('node.lcov.info'), '--observed-at', 'soon'], {}, /soon is no time/],
  ]) {
    it(`says ${message}`, async () => {
      const { code, warnings } = await run(args, env);
      assert.match(warnings, message);
      assert.equal(code, 0);
      assert.equal(requests.length, 0);
    });
  }

  it('is a command, also under another name', () => {
    const link = join(scratch, 'report-facts');
    symlinkSync(command, link);
    const start = (...args) =>
      spawnSync(process.execPath, [link, ...args], { encoding: 'utf8' });
    assert.match(start('--help').stdout, /^Usage: report-facts/);
    assert.equal(start('nowhere').status, 0);
    assert.equal(start('nowhere', '--strict').status, 1);
    const dry = start(
      '--dry-run',
      '--entity',
      'component:a',
      file('trivy.json'),
    );
    assert.match(dry.stdout, /vulnerabilities\.critical = 1/);
    assert.equal(dry.stderr, '');
  });
});
