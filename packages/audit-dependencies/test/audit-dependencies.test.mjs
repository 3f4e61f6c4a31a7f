import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  baseScore,
  fixOf,
  gravityOf,
  main,
  readGoMod,
  readPackageLock,
  readRequirements,
} from '../audit-dependencies.mjs';
import { readReport } from '../../report-facts/report-facts.mjs';
import {
  minimist,
  rapidReset,
  rapidResetOnGithub,
  requests,
} from '../testing/advisories.mjs';
import { OsvStandIn } from '../testing/OsvStandIn.mjs';

const command = fileURLToPath(
  new URL('../audit-dependencies.mjs', import.meta.url),
);

const names = packages =>
  packages.map(({ name, version }) => `${name} ${version}`);

describe('lock files', () => {
  it('reads what npm installs in production, from a registry', () => {
    const lock = JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { name: 'service', version: '1.0.0' },
        'packages/own': { version: '1.0.0' },
        'node_modules/own': { resolved: 'packages/own', link: true },
        'node_modules/fastify': { version: '5.8.0' },
        'node_modules/@fastify/error': { version: '4.0.0' },
        'node_modules/fastify/node_modules/minimist': { version: '1.2.5' },
        'node_modules/alias': { name: 'semver', version: '7.0.0' },
        'node_modules/eslint': { version: '9.0.0', dev: true },
        'node_modules/forked': {
          version: '1.0.0',
          resolved: 'git+ssh://git@git.example/forked.git#abc',
        },
      },
    });
    assert.deepEqual(names(readPackageLock(lock)), [
      'fastify 5.8.0',
      '@fastify/error 4.0.0',
      'minimist 1.2.5',
      'semver 7.0.0',
    ]);
    assert.throws(
      () => readPackageLock('{"lockfileVersion":1,"dependencies":{}}'),
      /lockfileVersion 1/,
    );
  });

  it('reads what pip-compile and pip freeze write, and says what names no version', () => {
    const warnings = [];
    const text = [
      '# made by pip-compile',
      '--index-url https://pypi.example/simple',
      'Requests[socks]==2.30.0 ; python_version >= "3.8" \\',
      '    --hash=sha256:aaaa \\',
      '    --hash=sha256:bbbb',
      '    # via -r requirements.in',
      'zope.interface === 6.0',
      'loose>=1.0',
      'git+https://git.example/x.git',
      '',
    ].join('\r\n');
    assert.deepEqual(
      names(readRequirements(text, { warn: line => warnings.push(line) })),
      ['requests 2.30.0', 'zope-interface 6.0'],
    );
    assert.deepEqual(warnings, [
      'loose>=1.0 names no version, and is left out',
      'git+https://git.example/x.git names no version, and is left out',
    ]);
  });

  it('reads the modules of a go.mod, what replaces them, and the standard library', () => {
    const text = `module example.test/service // ours

go 1.19

require golang.org/x/net v0.16.0
require (
	"github.com/redis/go-redis" v6.15.9+incompatible
	golang.org/x/text v0.3.7 // indirect
	example.test/gone v1.0.0
	example.test/forked v1.0.0
)

replace (
	example.test/gone => ../gone
	example.test/forked v1.0.0 => example.test/fork v1.1.0
	golang.org/x/text v0.3.6 => golang.org/x/text v0.3.8
)

exclude golang.org/x/net v0.15.0
`;
    assert.deepEqual(names(readGoMod(text, { goVersion: '1.21.2\n' })), [
      'stdlib 1.21.2',
      'golang.org/x/net 0.16.0',
      'github.com/redis/go-redis 6.15.9+incompatible',
      'golang.org/x/text 0.3.7',
      'example.test/fork 1.1.0',
    ]);
    assert.deepEqual(names(readGoMod('go 1.21\ntoolchain go1.21.2\n', {})), [
      'stdlib 1.21.2',
    ]);
    assert.deepEqual(readGoMod('module x\n\ngo 1.19\n', {}), []);
  });
});

describe('severity', () => {
  it('computes the scores that databases publish with a vector', () => {
    for (const [vector, score] of [
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
      ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
      ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N', 6.1],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
      ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
      ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
      ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H', undefined],
      ['CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', undefined],
      ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H', undefined],
      ['AV:N/AC:L/Au:N/C:P/I:P/A:P', undefined],
    ]) {
      assert.equal(baseScore(vector), score, vector);
    }
  });

  it('believes the database first, then the vector, then nobody', () => {
    const vector = [{ type: 'CVSS_V3', score: minimist.severity[0].score }];
    for (const [advisory, wanted] of [
      [minimist, { severity: 'critical', score: 9.8 }],
      [requests, { severity: 'medium', score: 6.1 }],
      [
        { severity: vector, database_specific: { severity: 'MODERATE' } },
        { severity: 'medium', score: 4 },
      ],
      [
        { affected: [{ severity: vector }] },
        { severity: 'critical', score: 9.8 },
      ],
      [
        { affected: [{ database_specific: { severity: 'LOW' } }] },
        { severity: 'low', score: 0.1 },
      ],
      [rapidReset, undefined],
      [
        { severity: 'high', affected: 'none', database_specific: [] },
        undefined,
      ],
    ]) {
      assert.deepEqual(gravityOf(advisory), wanted);
    }
  });

  it('names the next version with a fix', () => {
    const fix = (advisory, ecosystem, name, version) =>
      fixOf(advisory, { ecosystem, name, version });
    assert.equal(fix(minimist, 'npm', 'minimist', '1.2.5'), '1.2.6');
    assert.equal(fix(minimist, 'npm', 'minimist', '0.0.8'), '0.2.4');
    assert.equal(fix(minimist, 'npm', 'minimist', '1.10.0'), undefined);
    assert.equal(fix(minimist, 'npm', 'other', '1.0.0'), undefined);
    assert.equal(fix(rapidReset, 'Go', 'stdlib', '1.21.2'), '1.21.3');
    assert.equal(fix(requests, 'PyPI', 'Requests', '2.30.0'), '2.31.0');
  });
});

describe('the command', () => {
  let osv;
  let folder;

  before(async () => {
    osv = await OsvStandIn.start();
  });

  after(() => osv.stop());

  beforeEach(() => {
    osv.reset();
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const output = () => join(folder, 'reports/dependencies.sarif');
  const lock = (...packages) =>
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        lockfileVersion: 3,
        packages: Object.fromEntries(
          packages.map(([name, version]) => [
            `node_modules/${name}`,
            { version },
          ]),
        ),
      }),
    );
  const run = async (...args) => {
    const out = [];
    const warnings = [];
    const code = await main({
      argv: ['--url', osv.url, ...args, folder],
      env: {},
      log: text => out.push(text),
      warn: text => warnings.push(text),
      retryMs: 1,
    });
    return { code, out: out.join('\n'), warnings: warnings.join('\n') };
  };

  it('tells what is known of all lock files, and report-facts counts it', async () => {
    lock(['minimist', '1.2.5'], ['fastify', '5.8.0']);
    writeFileSync(join(folder, 'requirements.txt'), 'requests==2.30.0\n');
    writeFileSync(
      join(folder, 'go.mod'),
      'module x\n\nrequire golang.org/x/net v0.16.0\n',
    );
    writeFileSync(join(folder, '.go-version'), '1.21.2\n');
    osv.tell('npm minimist 1.2.5', minimist, {
      ...minimist,
      id: 'GHSA-aaaa-bbbb-cccc',
      aliases: [],
      withdrawn: '2023-03-01T00:00:00Z',
    });
    osv.tell('PyPI requests 2.30.0', requests, {
      id: 'PYSEC-2023-74',
      aliases: ['CVE-2023-32681', 'GHSA-j8r2-6x86-q33q'],
    });
    osv.tell('Go golang.org/x/net 0.16.0', rapidReset, rapidResetOnGithub);
    osv.tell('Go stdlib 1.21.2', rapidReset);

    const { code, out, warnings } = await run();
    assert.equal(warnings, '');
    assert.equal(code, 0);
    assert.match(
      out,
      /CVE-2021-44906 minimist 1\.2\.5: Prototype Pollution in minimist; critical\. Fixed in 1\.2\.6\./,
    );
    const text = readFileSync(output(), 'utf8');
    const [{ results, tool }] = JSON.parse(text).runs;
    assert.deepEqual(
      results.map(({ ruleId, level, properties, locations }) => [
        ruleId,
        level,
        properties.package,
        properties.fixedVersion,
        locations[0].physicalLocation.artifactLocation.uri,
      ]),
      [
        ['CVE-2021-44906', 'error', 'minimist', '1.2.6', 'package-lock.json'],
        ['CVE-2023-32681', 'warning', 'requests', '2.31.0', 'requirements.txt'],
        ['CVE-2023-39325', 'error', 'stdlib', '1.21.3', 'go.mod'],
        ['CVE-2023-39325', 'error', 'golang.org/x/net', '0.17.0', 'go.mod'],
      ],
    );
    assert.deepEqual(
      tool.driver.rules.map(({ id, properties }) => [
        id,
        properties['security-severity'],
      ]),
      [
        ['CVE-2021-44906', '9.8'],
        ['CVE-2023-32681', '6.1'],
        ['CVE-2023-39325', '7.5'],
      ],
    );
    for (const { ruleId, ruleIndex } of results) {
      assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
    }
    const { at, ...facts } = readReport(text);
    assert.deepEqual(facts, {
      'vulnerabilities.critical': 1,
      'vulnerabilities.high': 1,
      'vulnerabilities.medium': 1,
      'vulnerabilities.low': 0,
      'vulnerabilities.scanned':
        'package-lock.json (2 packages), requirements.txt (1 package), go.mod (2 packages)',
    });
    assert.ok(Date.parse(at) <= Date.now());
  });

  it('asks other databases how grave it is, and takes it for high where nobody knows', async () => {
    writeFileSync(join(folder, 'go.mod'), 'module x\n');
    writeFileSync(join(folder, '.go-version'), '1.21.2\n');
    osv.tell('Go stdlib 1.21.2', rapidReset);
    const facts = async () => {
      await run();
      return readReport(readFileSync(output(), 'utf8'));
    };
    assert.equal((await facts())['vulnerabilities.high'], 1);
    assert.match((await run()).out, /severity not known, taken for high/);

    const nvd = { id: 'CVE-2023-39325', severity: requests.severity };
    osv.advisories.set(nvd.id, { ...nvd, withdrawn: '2024-01-01T00:00:00Z' });
    assert.equal((await facts())['vulnerabilities.high'], 1);
    osv.advisories.set(nvd.id, nvd);
    assert.equal((await facts())['vulnerabilities.medium'], 1);

    // Listed, and its page is gone
    osv.reset();
    osv.known.set('Go stdlib 1.21.2', ['GO-2099-1']);
    assert.equal((await facts())['vulnerabilities.high'], 1);
  });

  it('says that there is nothing, of many packages and of none', async () => {
    const many = Array.from({ length: 1_001 }, (_, i) => [`p${i}`, '1.0.0']);
    lock(...many);
    const { out } = await run();
    assert.match(out, /1001 packages/);
    assert.match(out, /0 known vulnerabilities/);
    assert.deepEqual(
      osv.requests.map(({ body }) => body.queries.length),
      [1_000, 1],
    );
    const none = readReport(readFileSync(output(), 'utf8'));
    assert.equal(none['vulnerabilities.high'], 0);

    osv.reset();
    lock();
    await run();
    assert.equal(osv.requests.length, 0);
    assert.equal(
      readReport(readFileSync(output(), 'utf8'))['vulnerabilities.scanned'],
      'package-lock.json (0 packages)',
    );
  });

  it('fails when asked to, on what is grave and can be mended', async () => {
    lock(['minimist', '1.2.5']);
    osv.tell('npm minimist 1.2.5', minimist);
    assert.equal((await run('--fail-on', 'critical')).code, 1);
    assert.equal((await run('--fail-on', 'low')).code, 1);
    osv.advisories.set(minimist.id, { ...minimist, affected: [] });
    assert.equal((await run('--fail-on', 'low')).code, 0);
    osv.advisories.set(minimist.id, requestsSeverity(minimist));
    assert.equal((await run('--fail-on', 'high')).code, 0);
  });

  it('prints nothing that a terminal would obey', async () => {
    lock(['minimist', '1.2.5']);
    osv.tell('npm minimist 1.2.5', {
      ...minimist,
      aliases: ['CVE-1\u001b[31m', 7, null],
      summary: `\u001b]0;title\u0007${'long '.repeat(1_000)}`,
    });
    const { out } = await run();
    assert.match(out, /GHSA-xvch-5gv4-984h minimist 1\.2\.5: \]0;title long/);
    // eslint-disable-next-line no-control-regex -- that is what is looked for
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f]/);
    assert.ok(out.length < 1_000);
  });

  it('tries again while OSV is in trouble', async () => {
    lock(['minimist', '1.2.5']);
    osv.tell('npm minimist 1.2.5', minimist);
    osv.troubles.push(
      request => request.socket.destroy(),
      status(503),
      status(429),
      undefined,
      status(500),
    );
    const { code, warnings } = await run('--strict');
    assert.equal(warnings, '');
    assert.equal(code, 0);
    assert.equal(osv.requests.length, 6);
  });

  for (const [what, troubles, message] of [
    ['an outage', Array(4).fill(status(500)), /answers 500 \(4 attempts\)/],
    [
      'no connection',
      Array(4).fill(request => request.socket.destroy()),
      /does not answer: .*\(4 attempts\)/,
    ],
    ['a refusal', [status(400)], /answers 400$/],
    ['another server', [says('<html>')], /not as OSV does/],
    ['another answer', [says('[]')], /not as OSV does/],
    ['too few results', [says('{"results":[]}')], /not as OSV does/],
    ['strange results', [says('{"results":[{"vulns":7}]}')], /not as OSV does/],
    [
      'strange ids',
      [says('{"results":[{"vulns":[{"id":"../../x y"}]}]}')],
      /not as OSV does/,
    ],
    [
      'half an answer',
      [says('{"results":[{"vulns":[{"id"')],
      /not as OSV does/,
    ],
    [
      'another advisory',
      [undefined, says('{"id":"GHSA-other"}')],
      /not as OSV does/,
    ],
    [
      'pages without an end',
      Array(21).fill(
        says('{"results":[{"vulns":[],"next_page_token":"again"}]}'),
      ),
      /has no end of pages/,
    ],
    [
      'an answer without an end',
      [
        (_, response) => {
          const chunk = Buffer.alloc(1_000_000, ' ');
          const more = () => {
            while (!response.destroyed && response.write(chunk));
          };
          response.on('drain', more);
          more();
        },
      ],
      /answers with more than 50 MB/,
    ],
  ]) {
    it(`leaves it unknown on ${what}, and fails only when it is strict`, async () => {
      lock(['minimist', '1.2.5']);
      osv.tell('npm minimist 1.2.5', minimist);
      await run();
      assert.ok(existsSync(output()));
      for (const [args, code] of [
        [[], 0],
        [['--strict'], 1],
      ]) {
        osv.troubles.push(...troubles);
        const { code: ended, warnings } = await run(...args);
        assert.match(warnings, /^audit-dependencies: nothing is known: /);
        assert.match(warnings, message);
        assert.equal(ended, code);
        // Nor is what was known before
        assert.equal(existsSync(output()), false);
      }
    });
  }

  it('waits no longer than it may', async () => {
    lock(['minimist', '1.2.5']);
    osv.troubles.push(() => {});
    assert.match(
      (await run('--timeout', '0.2')).warnings,
      /nothing is known: .* was too slow/,
    );
    osv.troubles.push((_, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end();
    });
    assert.match(
      (await run('--timeout', '0.2')).warnings,
      /was too slow; it answers 429/,
    );
  });

  for (const [args, files, message] of [
    [[], {}, /there is no lock file/],
    [[], { 'package-lock.json': '{' }, /package-lock\.json cannot be read/],
    [['--url', 'osv.dev'], {}, /osv\.dev is no address/],
    [['--timeout', 'soon'], {}, /soon is no number of seconds/],
    [['--fail-on', 'some'], {}, /some is none of low, medium/],
    [['--frobnicate'], {}, /'--frobnicate'/],
  ]) {
    it(`says ${message}`, async () => {
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content);
      }
      const { code, warnings } = await run(...args);
      assert.match(warnings, message);
      assert.equal(code, 0);
      assert.equal(osv.requests.length, 0);
    });
  }

  it('is a command, and reaches OSV through a proxy', async t => {
    lock(['minimist', '1.2.5']);
    osv.tell('npm minimist 1.2.5', minimist);
    const start = async (env, ...args) => {
      const child = spawn(process.execPath, [command, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...env },
      });
      let text = '';
      child.stdout.on('data', chunk => (text += chunk));
      child.stderr.on('data', chunk => (text += chunk));
      const [code] = await once(child, 'close');
      return { code, text };
    };
    assert.match(
      (await start({}, '--help')).text,
      /^Usage: audit-dependencies/,
    );
    assert.match(
      (await start({ OSV_URL: osv.url })).text,
      /1 known vulnerability, in reports/,
    );
    assert.equal((await start({ OSV_URL: 'x' }, '--strict')).code, 1);

    const [major, minor] = process.versions.node.split('.').map(Number);
    if (major < 24 && !(major === 22 && minor >= 21)) {
      t.diagnostic('this Node.js knows no proxies');
      return;
    }
    const proxy = createServer()
      .on('connect', (request, socket) => {
        const { port } = new URL(osv.url);
        const other = connect(Number(port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          other.pipe(socket).pipe(other);
        });
        for (const end of [other, socket]) {
          end.on('error', () => {});
        }
      })
      .listen(0, '127.0.0.1');
    t.after(() => proxy.close());
    await once(proxy, 'listening');
    const proxied = {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: `http://127.0.0.1:${proxy.address().port}`,
      OSV_URL: 'http://advisories.invalid',
    };
    assert.match((await start(proxied)).text, /1 known vulnerability/);

    // One that hangs up holds nobody up
    proxy.removeAllListeners('connect');
    assert.match(
      (await start(proxied, '--timeout', '1')).text,
      /nothing is known: http:\/\/advisories\.invalid/,
    );
  });
});

function requestsSeverity(advisory) {
  return {
    ...advisory,
    severity: requests.severity,
    database_specific: {},
  };
}

function status(code) {
  return (_, response) => response.writeHead(code).end('{}');
}

function says(body) {
  return (_, response) => response.end(body);
}
