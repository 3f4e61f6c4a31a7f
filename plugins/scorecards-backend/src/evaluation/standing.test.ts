import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { computeStanding, counts, CountingRule, nextSteps } from './standing';

const NOW = Date.parse('2026-11-20T12:00:00Z');

type Line = [
  level: number,
  outcome: RuleOutcome,
  rule?: { weight?: number; effectiveFrom?: string },
];

/** One line per rule; 1 is bronze, 2 silver, 3 gold, 0 no level. */
function given(...lines: Line[]) {
  const rules: CountingRule[] = lines.map(([level, , rule = {}]) => ({
    level,
    weight: rule.weight ?? 1,
    effectiveFrom: rule.effectiveFrom
      ? Date.parse(rule.effectiveFrom)
      : undefined,
  }));
  return { rules, outcomes: lines.map(([, outcome]) => outcome), now: NOW };
}

const standing = (...lines: Line[]) => computeStanding(given(...lines));
const steps = (...lines: Line[]) => nextSteps(given(...lines));

describe('level', () => {
  it('is the highest one whose rules, and those of every lower one, pass', () => {
    expect(standing([1, 'pass'], [2, 'pass'], [3, 'fail']).level).toBe(2);
    expect(standing([1, 'pass'], [2, 'pass'], [3, 'pass']).level).toBe(3);
    expect(standing([1, 'fail'], [2, 'pass'], [3, 'pass']).level).toBe(0);
    expect(standing([1, 'pass'], [1, 'fail'], [2, 'pass']).level).toBe(0);
  });

  it.each(['fail', 'noData', 'error'] as const)('is held up by %s', outcome => {
    expect(standing([1, 'pass'], [2, outcome], [2, 'pass']).level).toBe(1);
  });

  it.each(['exempt', 'notApplicable'] as const)(
    'is not held up by %s',
    outcome => {
      expect(standing([1, 'pass'], [2, outcome], [2, 'pass']).level).toBe(2);
    },
  );

  it('is not awarded by rules none of which applies, and goes past them', () => {
    expect(standing([1, 'notApplicable']).level).toBe(0);
    expect(standing([1, 'pass'], [2, 'notApplicable']).level).toBe(1);
    expect(
      standing([1, 'notApplicable'], [2, 'notApplicable'], [3, 'pass']).level,
    ).toBe(3);
    // Nobody has written a rule for silver
    expect(standing([1, 'pass'], [3, 'pass']).level).toBe(3);
    expect(standing([1, 'pass'], [3, 'fail']).level).toBe(1);
    expect(standing().level).toBe(0);
  });

  it('has nothing to do with rules without a level', () => {
    expect(standing([1, 'pass'], [0, 'fail']).level).toBe(1);
    expect(standing([0, 'pass']).level).toBe(0);
  });

  it('has nothing to do with rules that are not in effect yet', () => {
    const later = { effectiveFrom: '2026-12-01' };
    expect(standing([1, 'pass'], [1, 'fail', later]).level).toBe(1);
    expect(standing([1, 'pass'], [2, 'pass', later]).level).toBe(1);
    const since = { effectiveFrom: '2026-11-20T12:00:00Z' };
    expect(standing([1, 'pass'], [1, 'fail', since]).level).toBe(0);
    expect(standing([1, 'pass'], [2, 'pass', since]).level).toBe(2);
  });
});

describe('through an exemption', () => {
  it('is a level that would not be reached without it', () => {
    expect(standing([1, 'exempt'])).toMatchObject({
      level: 1,
      throughExemption: true,
    });
    expect(standing([1, 'exempt'], [2, 'pass'])).toMatchObject({
      level: 2,
      throughExemption: true,
    });
  });

  it('is no level that an exemption above it has nothing to do with', () => {
    expect(standing([1, 'pass'], [2, 'exempt'], [2, 'fail'])).toMatchObject({
      level: 1,
      throughExemption: false,
    });
    expect(standing([1, 'pass'], [0, 'exempt']).throughExemption).toBe(false);
    expect(standing([1, 'fail'], [1, 'exempt']).throughExemption).toBe(false);
  });

  it('is no level that has an exemption from what is not in effect yet', () => {
    const later = { effectiveFrom: '2026-12-01' };
    expect(standing([1, 'pass'], [1, 'exempt', later]).throughExemption).toBe(
      false,
    );
  });
});

describe('score', () => {
  it('is what passed of what passed, failed, had no data or an error', () => {
    expect(
      standing([1, 'pass'], [1, 'fail'], [2, 'noData'], [0, 'error']).score,
    ).toBe(25);
    expect(
      standing([1, 'pass', { weight: 2 }], [0, 'fail', { weight: 0.5 }]).score,
    ).toBe(80);
  });

  it('leaves out what is exempt, does not apply or is not in effect yet', () => {
    expect(
      standing(
        [1, 'pass'],
        [1, 'exempt', { weight: 9 }],
        [2, 'notApplicable', { weight: 9 }],
        [2, 'fail', { weight: 9, effectiveFrom: '2027-01-01' }],
      ).score,
    ).toBe(100);
  });

  it('has two decimals', () => {
    expect(standing([1, 'pass'], [1, 'fail'], [1, 'fail']).score).toBe(33.33);
    expect(standing([1, 'pass'], [1, 'pass'], [1, 'fail']).score).toBe(66.67);
  });

  it('is 0 when nothing passed, and absent with nothing to divide by', () => {
    expect(standing([1, 'fail']).score).toBe(0);
    expect(standing([1, 'exempt'], [1, 'notApplicable']).score).toBeUndefined();
    expect(standing().score).toBeUndefined();
  });
});

describe('next steps', () => {
  it('are what holds up the next level, heaviest first', () => {
    expect(
      steps(
        [1, 'pass'],
        [2, 'fail'],
        [2, 'noData', { weight: 3 }],
        [2, 'pass'],
        [2, 'error'],
        [3, 'fail', { weight: 9 }],
      ),
    ).toEqual({ level: 2, rules: [2, 1, 4] });
  });

  it('go past a level that nothing of applies to', () => {
    expect(steps([1, 'pass'], [2, 'notApplicable'], [3, 'fail'])).toEqual({
      level: 3,
      rules: [2],
    });
  });

  it('leave out what is exempt, without a level or not in effect yet', () => {
    expect(
      steps(
        [1, 'exempt'],
        [0, 'fail'],
        [1, 'fail', { effectiveFrom: '2026-12-01' }],
        [2, 'fail'],
      ),
    ).toEqual({ level: 2, rules: [3] });
  });

  it('are none when nothing is in the way', () => {
    expect(steps([1, 'pass'], [0, 'fail'])).toBeUndefined();
    expect(steps()).toBeUndefined();
  });
});

it('counts from the very moment on that a rule is in effect', () => {
  expect(counts({ effectiveFrom: NOW }, NOW)).toBe(true);
  expect(counts({ effectiveFrom: NOW + 1 }, NOW)).toBe(false);
  expect(counts({}, NOW)).toBe(true);
});
