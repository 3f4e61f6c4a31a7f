import { seededRandom, shuffled } from '../__testUtils__/seededRandom';
import { bucketOf, durationOf, percentile } from './durations';

/** From milliseconds to years. */
function randomDuration(random: () => number): number {
  return Math.round(Math.exp(random() * Math.log(3e11)));
}

/** Nearest rank, of all durations one by one. */
function exactPercentile(share: number, durations: number[]): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
}

describe('durations in buckets', () => {
  it('are as they were when they are short', () => {
    for (let duration = 0; duration < 100; duration++) {
      expect(durationOf(bucketOf(duration))).toBe(duration);
    }
  });

  it('are at most 1 % off, and longer ones never in an earlier bucket', () => {
    const random = seededRandom(1);
    const durations = Array.from({ length: 20_000 }, () =>
      randomDuration(random),
    ).sort((a, b) => a - b);
    let last = 0;
    for (const duration of durations) {
      const bucket = bucketOf(duration);
      expect(bucket).toBeGreaterThanOrEqual(last);
      last = bucket;
      const off = Math.abs(durationOf(bucket) - duration) / duration;
      expect(off).toBeLessThanOrEqual(0.01);
    }
  });

  it('stay the same in every version: rows that are kept are made of them', () => {
    expect(
      [0, 1, 100, 102, 103, 1_000, 60_000, 3_600_000, 86_400_000, 1e12].map(
        bucketOf,
      ),
    ).toEqual([0, 1, 100, 101, 102, 229, 437, 643, 804, 1276]);
  });

  it('have room for whatever comes', () => {
    expect(bucketOf(-5)).toBe(0);
    expect(bucketOf(0.4)).toBe(1);
    expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBe(bucketOf(1e14));
    expect(durationOf(bucketOf(1e14))).toBeGreaterThan(4e12);
    expect(durationOf(-1)).toBe(0);
    expect(durationOf(1e9)).toBe(durationOf(bucketOf(1e14)));
  });

  it('give percentiles at most 1 % off, in any order and in any parts', () => {
    const random = seededRandom(2);
    for (const size of [1, 2, 3, 10, 99, 1_000]) {
      const durations = Array.from({ length: size }, () =>
        randomDuration(random),
      );
      const parts = shuffled(durations, random).map(duration => ({
        bucket: bucketOf(duration),
        count: 1,
      }));
      for (const share of [0, 0.1, 0.5, 0.9, 1]) {
        const exact = exactPercentile(share, durations);
        const found = percentile(share, parts) ?? NaN;
        expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(0.01);
      }
      const added = new Map<number, number>();
      for (const { bucket } of parts) {
        added.set(bucket, (added.get(bucket) ?? 0) + 1);
      }
      expect(
        percentile(
          0.9,
          [...added].map(([bucket, count]) => ({ bucket, count })),
        ),
      ).toBe(percentile(0.9, parts));
    }
  });

  it('have no percentile when there are none', () => {
    expect(percentile(0.5, [])).toBeUndefined();
    expect(percentile(0.5, [{ bucket: 9, count: 0 }])).toBeUndefined();
  });
});
