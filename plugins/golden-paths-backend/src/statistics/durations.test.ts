import { seededRandom } from '../__testUtils__/seededRandom';
import { bucketOf, durationOf } from './durations';

/** From milliseconds to years. */
function randomDuration(random: () => number): number {
  return Math.round(Math.exp(random() * Math.log(3e11)));
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
});
