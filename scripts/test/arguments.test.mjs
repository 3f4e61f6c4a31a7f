import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseArguments } from '../lib/arguments.mjs';
import { percentile } from '../lib/statistics.mjs';
import {
  jestFailures,
  lastVerdict,
  playwrightVerdict,
  tapVerdict,
} from '../lib/testing/verdicts.mjs';

describe('arguments', () => {
  const parse = (...args) =>
    parseArguments(args, { flags: ['yes'], values: ['port'], usage: 'Usage' });

  it('are read in both spellings', () => {
    assert.deepEqual(parse(), {});
    assert.deepEqual(parse('--yes', '--port', '1'), { yes: true, port: '1' });
    assert.deepEqual(parse('--port=1'), { port: '1' });
  });

  for (const args of [['--no'], ['yes'], ['--yes=1'], ['--port'], ['-y']]) {
    it(`${args.join(' ')} is refused`, () => {
      assert.throws(() => parse(...args), /Unknown argument|needs a value/);
    });
  }
});

describe('verdicts', () => {
  it('are the last one of an output, alone on its line', () => {
    assert.deepEqual(
      lastVerdict('1 passed, 0 failed\nmore\n7 passed, 2 failed, 3 skipped\n'),
      {
        passed: 7,
        failed: 2,
        skipped: 3,
      },
    );
    assert.equal(lastVerdict('a: 9 passed, 0 failed').passed, 0);
  });

  it('count what Node and Playwright report', () => {
    assert.deepEqual(
      tapVerdict(
        '# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n',
      ),
      {
        passed: 3,
        failed: 2,
        skipped: 1,
      },
    );
    const stats = { expected: 4, unexpected: 1, flaky: 0, skipped: 2 };
    assert.deepEqual(playwrightVerdict({ stats, errors: [{}] }), {
      passed: 4,
      failed: 2,
      skipped: 2,
    });
  });

  it('name the failed tests of Jest, and the files that did not load', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          message: 'long',
          assertionResults: [
            { status: 'passed', fullName: 'works', failureMessages: [] },
            { status: 'failed', fullName: 'adds', failureMessages: ['1 ≠ 2'] },
          ],
        },
        { name: 'b.test.ts', message: 'no module', assertionResults: [] },
      ],
    };
    assert.equal(jestFailures(report), 'adds\n1 ≠ 2\n\nb.test.ts\nno module');
    assert.equal(jestFailures(undefined), '');
  });

  it('are empty when nothing was said', () => {
    for (const verdict of [
      lastVerdict(''),
      tapVerdict(''),
      playwrightVerdict(),
    ]) {
      assert.deepEqual(verdict, { passed: 0, failed: 0, skipped: 0 });
    }
  });
});

describe('percentiles', () => {
  it('are values that were measured', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index);
    assert.equal(percentile(values, 50), 10);
    assert.equal(percentile(values, 95), 19);
    assert.equal(percentile([5], 95), 5);
  });
});
