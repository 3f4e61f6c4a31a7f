import { marksFor } from '../charts/axis';
import { compareMetric } from './compareMetric';
import { describeCount } from './describeCount';
import { describeTarget } from './describeTarget';
import { describeWeek } from './describeWeek';
import { drawTrend } from './drawTrend';
import { formatMetric } from './formatMetric';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DURATION = { unit: 'duration', better: 'lower' } as const;
const RATE = { unit: 'per-week', better: 'higher' } as const;
const SHARE = { unit: 'share', better: 'lower' } as const;

describe('a metric in words', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has its unit with it, and is not zero unless it is', () => {
    expect(
      [0, 400, 12 * MINUTE, 26 * HOUR].map(each =>
        formatMetric(each, 'duration'),
      ),
    ).toEqual(['0 s', '1 s', '12 min', '1 d 2 h']);
    expect(
      [0, 0.001, 0.82, 0.999, 1].map(each => formatMetric(each, 'share')),
    ).toEqual(['0%', '< 1%', '82%', '> 99%', '100%']);
    expect(
      [0, 0.004, 0.25, 3.44, 1234.5].map(each =>
        formatMetric(each, 'per-week'),
      ),
    ).toEqual([
      '0 per week',
      '< 0.01 per week',
      '0.25 per week',
      '3.4 per week',
      '1,234.5 per week',
    ]);
  });

  it('says what one wants to reach', () => {
    expect(
      describeTarget({ value: 10 * MINUTE, from: 'config' }, DURATION),
    ).toBe('at most 10 min');
    expect(describeTarget({ value: 3, from: 'baseline' }, RATE)).toBe(
      'at least 3 per week, the baseline',
    );
  });

  it('is better or worse than before by its own direction; what reads the same is the same', () => {
    const compare = (
      definition: typeof DURATION | typeof RATE,
      value: number | undefined,
      other: number | undefined,
    ) =>
      compareMetric({
        definition,
        value: { value, count: 1 },
        other: { value: other, count: 1 },
        when: 'before',
      })?.words;
    expect(compare(DURATION, 8 * MINUTE, 16 * MINUTE)).toBe(
      'Better than 16 min before',
    );
    expect(compare(DURATION, 16 * MINUTE, 8 * MINUTE)).toBe(
      'Worse than 8 min before',
    );
    expect(compare(RATE, 4, 3)).toBe('Better than 3 per week before');
    expect(compare(RATE, 3.01, 3.02)).toBe('The same as before');
    expect(compare(RATE, 3, 0)).toBe('Better than 0 per week before');
    expect(compare(RATE, undefined, 3)).toBeUndefined();
    expect(compare(RATE, 3, undefined)).toBeUndefined();
    expect(
      compareMetric({
        definition: RATE,
        value: { value: 3, count: 1 },
        other: undefined,
        when: 'before',
      }),
    ).toBeUndefined();
  });

  it('tells what is behind it: parts, the slow end, what has not ended, what is claimed', () => {
    expect(
      describeCount(
        { value: 0.25, numerator: 1, denominator: 4, count: 4 },
        SHARE,
      ),
    ).toEqual(['1 of 4']);
    expect(
      describeCount(
        { value: MINUTE, p90: HOUR, censored: 1, count: 4 },
        DURATION,
      ),
    ).toEqual([
      '9 of 10 within 1 h',
      '1 not at its end yet, counted as longer',
    ]);
    expect(
      describeCount({ value: MINUTE, censored: 3, count: 4 }, DURATION),
    ).toEqual([
      '9 of 10 within: not known yet',
      '3 not at their end yet, counted as longer',
    ]);
    expect(describeCount({ count: 2, censored: 2 }, DURATION)).toEqual([
      '2 not at their end yet, counted as longer',
    ]);
    expect(describeCount({ value: 3, claimed: 14, count: 9 }, RATE)).toEqual([
      '14 more that only pipelines claim',
    ]);
  });

  it('names weeks by their Monday, and says which one goes on', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-22T23:59:59Z'));
    expect(describeWeek('2026-11-16')).toBe('Week of 16 Nov 2026, so far');
    expect(describeWeek('2026-11-09')).toBe('Week of 9 Nov 2026');
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-23T00:00:00Z'));
    expect(describeWeek('2026-11-16')).toBe('Week of 16 Nov 2026');
  });

  it('draws what was observed apart from what is claimed, and the slow end of durations', () => {
    const week = '2026-11-16';
    const rates = drawTrend({
      definition: { title: 'Deployments', unit: 'per-week' },
      trend: [{ week, value: 3, claimed: 2, count: 3 }],
    });
    expect(rates.series.map(({ title, look }) => [title, look])).toEqual([
      ['Observed', 'main'],
      ['Only claimed', 'claimed'],
    ]);
    expect(rates.rows).toEqual([{ week, values: { value: 3, claimed: 2 } }]);

    const definition = { title: 'Lead time', unit: 'duration' } as const;
    const trend = [{ week, value: HOUR, p90: 5 * HOUR, count: 3 }];
    expect(drawTrend({ definition, trend }).rows).toEqual([
      { week, values: { value: HOUR, p90: 5 * HOUR } },
    ]);
    expect(
      drawTrend({ definition, trend, isPlain: true }).series.map(
        ({ title }) => title,
      ),
    ).toEqual(['Lead time']);
  });
});

describe('the marks of an axis', () => {
  const marks = (
    unit: 'duration' | 'per-week' | 'share',
    values: (number | undefined)[],
    more: { isStacked?: boolean; others?: number[] } = {},
  ) =>
    marksFor({
      rows: values.map((value, index) => ({
        week: `2026-01-0${index + 1}`,
        values: { value, other: value },
      })),
      unit,
      isStacked: more.isStacked ?? false,
      others: more.others ?? [],
    });

  it('are numbers that people count in, from zero to above all that is drawn', () => {
    expect(marks('duration', [7 * MINUTE, 18 * MINUTE])).toEqual(
      [0, 5, 10, 15, 20].map(each => each * MINUTE),
    );
    expect(marks('duration', [3 * 24 * HOUR])).toEqual(
      [0, 1, 2, 3].map(each => each * 24 * HOUR),
    );
    expect(marks('share', [0.8])).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(marks('share', [0.07])).toEqual([0, 0.02, 0.04, 0.06, 0.08]);
    expect(marks('per-week', [30], { isStacked: true })).toEqual([
      0, 20, 40, 60,
    ]);
    expect(marks('per-week', [30], { others: [85] })).toEqual([0, 50, 100]);
  });

  it('are there without data, too, and never many', () => {
    expect(marks('per-week', [0, undefined])).toEqual([0, 1]);
    expect(marks('duration', [undefined])).toEqual([0, MINUTE]);
    for (const value of [0.3, 1, 7, 1999, 8e4, 3e6, 1e9, 5e11]) {
      for (const unit of ['duration', 'per-week'] as const) {
        const all = marks(unit, [value]);
        expect(all.length).toBeLessThanOrEqual(6);
        expect(all[all.length - 1]).toBeGreaterThanOrEqual(value);
      }
    }
  });
});
