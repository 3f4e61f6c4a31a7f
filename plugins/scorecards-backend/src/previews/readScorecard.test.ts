import { InvalidScorecardError } from './InvalidScorecardError';
import { readScorecard } from './readScorecard';

const GOOD = `
apiVersion: waymark.dev/v1alpha1
kind: Scorecard
metadata:
  name: docs
spec:
  owner: group:default/platform
  appliesTo: { kind: Component }
  levels: [{ id: bronze }]
  rules:
    - id: first
      title: First
      level: bronze
      effectiveFrom: 2026-12-01
      check: facts.docs.present
    - id: second
      title: Second
      level: bronze
      check: facts.docs.pages > 3
`;

function issuesOf(written: Parameters<typeof readScorecard>[0]) {
  try {
    readScorecard(written);
  } catch (error) {
    if (error instanceof InvalidScorecardError) {
      return error.issues;
    }
    throw error;
  }
  throw new Error('It was taken');
}

describe('readScorecard', () => {
  it('takes YAML as the catalog does, and the entity', () => {
    const entity = readScorecard(GOOD);
    expect(entity.spec.rules[0].effectiveFrom).toBe('2026-12-01');
    expect(readScorecard({ ...entity })).toEqual(entity);
  });

  it('says all that is wrong, and where', () => {
    const bad = GOOD.replace('pages > 3', 'pages >').replace(
      'level: bronze\n      effectiveFrom',
      'level: gold\n      effectiveFrom',
    );
    const long = GOOD.replace(
      'facts.docs.pages > 3',
      '|\n        facts.docs.pages\n         >> 3',
    );
    expect(issuesOf(long)).toEqual([
      expect.objectContaining({ line: 19, expressionLine: 2, column: 3 }),
    ]);
    expect(issuesOf(bad)).toEqual([
      expect.objectContaining({ path: 'spec.rules[0].level', line: 13 }),
      expect.objectContaining({
        path: 'spec.rules[1].check',
        line: 19,
        column: expect.any(Number),
      }),
    ]);
    expect(() => readScorecard(bad)).toThrow(
      /^line 13: spec\.rules\[0\]\.level: .*; line 19: spec\.rules\[1\]\.check, column \d+: /,
    );
  });

  it.each([
    ['no YAML', 'kind: [', 2],
    ['two documents', `${GOOD}---${GOOD}`, undefined],
    ['a list', '- a', 1],
    ['very deep', '['.repeat(200_000), 1],
    ['deep by indentation', '- '.repeat(100_000), 1],
    ['an unknown tag', 'a: !!js/function "function () {}"', 1],
  ])('refuses %s', (_, text, line) => {
    expect(issuesOf(text)).toEqual([
      expect.objectContaining({ path: '', line }),
    ]);
  });

  it('refuses what aliases make large', () => {
    const bomb = Array.from({ length: 9 }, (_, i) =>
      i === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${i}: &a${i} [${Array(9).fill(`*a${i - 1}`)}]`,
    ).join('\n');
    expect(issuesOf(bomb)[0].reason).toMatch(/^has more than \d+ values$/);
  });
});
