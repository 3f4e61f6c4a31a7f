import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { root } from '../lib/paths.mjs';
import { readReport } from '../../packages/report-facts/report-facts.mjs';

const script = path.join(
  root,
  'templates/layers/ci-go/content/ci/convert-reports.mjs',
);
let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'go-reports-'));
  mkdirSync(path.join(folder, 'internal'));
  writeFileSync(
    path.join(folder, 'go.mod'),
    'module git.example/squad/fares\n\ngo 1.19\n',
  );
  writeFileSync(
    path.join(folder, 'internal/fare.go'),
    [
      'package internal',
      '',
      'func Fare(zones int) int {',
      '\t// At least one',
      '\tif zones < 1 {',
      '\t\treturn 1',
      '\t}',
      '',
      '\treturn 2 * zones',
      '}',
      '',
      'func unused() {',
      '\tFare(1)',
      '}',
    ].join('\n'),
  );
});

after(() => rmSync(folder, { recursive: true, force: true }));

function convert({ events, profile, lines = '80' }) {
  const file = name => path.join(folder, name);
  const text = events
    .map(event => (typeof event === 'string' ? event : JSON.stringify(event)))
    .join('\n');
  writeFileSync(file('test.jsonl'), text);
  rmSync(file('profile.out'), { force: true });
  if (profile) {
    writeFileSync(file('profile.out'), profile.join('\n'));
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...[script, '--tests', 'test.jsonl', '--junit', 'junit.xml'],
      ...['--profile', 'profile.out', '--lcov', 'lcov.info', '--lines', lines],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  assert.equal(stderr, '');
  return {
    status,
    stdout,
    junit: readFileSync(file('junit.xml'), 'utf8'),
    lcov: readFileSync(file('lcov.info'), 'utf8'),
  };
}

const Package = 'git.example/squad/fares/internal';
const name = 'git.example/squad/fares/internal/fare.go';

it('tells tests and lines of Go as others read them', () => {
  const events = [
    { Action: 'run', Package, Test: 'TestFare' },
    { Action: 'output', Package, Test: 'TestFare', Output: 'in it\n' },
    { Action: 'pass', Package, Test: 'TestFare', Elapsed: 0.25 },
    { Action: 'skip', Package, Test: 'TestLater', Elapsed: 0 },
    { Action: 'pass', Package, Elapsed: 0.3 },
    { Action: 'skip', Package: 'git.example/squad/fares/cmd', Elapsed: 0 },
  ];
  // As with -coverpkg: each package that was tested tells of all of them
  const profile = [
    'mode: atomic',
    `${name}:3.26,5.15 1 0`,
    `${name}:3.26,5.15 1 4`,
    `${name}:5.15,7.3 1 0`,
    `${name}:9.2,9.18 1 4`,
    `${name}:12.15,14.2 1 0`,
  ];
  const told = convert({ events, profile });
  assert.equal(
    told.lcov,
    [
      ...['TN:', 'SF:internal/fare.go', 'DA:3,4', 'DA:5,4', 'DA:6,0', 'DA:9,4'],
      ...['DA:12,0', 'DA:13,0', 'LF:6', 'LH:3', 'end_of_record', ''],
    ].join('\n'),
  );
  assert.equal(readReport(told.lcov)['coverage.percent'], 50);
  assert.match(
    told.junit,
    /<testsuite name="git.example\/squad\/fares\/internal" tests="2" failures="0" skipped="1" time="0.3">/,
  );
  assert.match(told.junit, /name="TestFare" time="0.25"\/>/);
  assert.match(told.junit, /name="TestLater" time="0"><skipped\/>/);
  assert.match(told.stdout, /50\.0 % of 6 lines are covered\nthat is less/);
  assert.equal(told.status, 1);
  assert.equal(convert({ events, profile, lines: '50' }).status, 0);
});

it('names what failed: a test, one that never ended, and a build', () => {
  const { junit, stdout, status } = convert({
    events: [
      { Action: 'run', Package, Test: 'TestA' },
      {
        Action: 'output',
        Package,
        Test: 'TestA',
        Output: 'got <1> & "2"\u001b',
      },
      { Action: 'fail', Package, Test: 'TestA', Elapsed: 0.1 },
      { Action: 'run', Package, Test: 'TestPanics' },
      { Action: 'output', Package, Test: 'TestPanics', Output: 'panic: no\n' },
      { Action: 'fail', Package, Elapsed: 0.2 },
      '# git.example/squad/fares/cmd',
      'cmd/main.go:3:1: syntax error',
      { Action: 'output', Package: 'cmd', Output: 'FAIL cmd [build failed]\n' },
      { Action: 'fail', Package: 'cmd', Elapsed: 0 },
    ],
  });
  assert.match(
    junit,
    /name="TestA" time="0.1"><failure message="failed">got &lt;1&gt; &amp; &quot;2&quot;�</,
  );
  assert.match(junit, /name="TestPanics" time="0"><failure[^>]*>panic: no/);
  assert.match(junit, /name="package" time="0"><failure[^>]*>FAIL cmd/);
  assert.match(stdout, /cmd\/main\.go:3:1: syntax error/);
  assert.match(stdout, /FAIL git\.example\/squad\/fares\/internal: 0 of 2/);
  assert.match(stdout, /0\.0 % of 0 lines/);
  assert.equal(status, 1);
});
