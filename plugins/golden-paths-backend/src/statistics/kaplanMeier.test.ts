import { seededRandom, shuffled } from '../__testUtils__/seededRandom';
import { kaplanMeier, Observation } from './kaplanMeier';

const ended = (duration: number): Observation => ({
  duration,
  censored: false,
});
const stillWaiting = (duration: number): Observation => ({
  duration,
  censored: true,
});

describe('kaplanMeier', () => {
  /*
   * By hand, of eight:
   *   time   at risk  ended  still waiting
   *   2      8        1      7/8           = 0.875
   *   3      -        (one censored)
   *   5      6        2      0.875 × 4/6   = 0.58333
   *   5      (one censored, at risk when the two ended)
   *   7      3        1      0.58333 × 2/3 = 0.38889
   *   9      -        (one censored)
   *   11     1        1      0
   */
  const eight = [
    ended(2),
    stillWaiting(3),
    ended(5),
    ended(5),
    stillWaiting(5),
    ended(7),
    stillWaiting(9),
    ended(11),
  ];

  it.each([
    [0.1, 2],
    [0.12, 2],
    [0.13, 5],
    [0.41, 5],
    [0.42, 7],
    [0.5, 7],
    [0.61, 7],
    [0.62, 11],
    [0.9, 11],
    [1, 11],
  ])('within what time %d of eight came to their end', (share, duration) => {
    expect(kaplanMeier(share, eight)).toBe(duration);
    expect(kaplanMeier(share, shuffled(eight, seededRandom(3)))).toBe(duration);
  });

  it('is the median of all when all came to their end', () => {
    expect(kaplanMeier(0.5, [4, 1, 3, 2].map(ended))).toBe(2);
    expect(kaplanMeier(0.5, [5, 1, 4, 2, 3].map(ended))).toBe(3);
    // Ten times one tenth is not quite one
    const ten = Array.from({ length: 10 }, (_, index) => ended(index + 1));
    expect(kaplanMeier(0.9, ten)).toBe(9);
    expect(kaplanMeier(1, ten)).toBe(10);
  });

  it('is longer than the median of those that came to their end', () => {
    const half = [ended(1), ended(2), ended(3)];
    expect(kaplanMeier(0.5, half)).toBe(2);
    expect(kaplanMeier(0.5, [...half, stillWaiting(9), stillWaiting(9)])).toBe(
      3,
    );
  });

  it('says nothing when too many are still waiting', () => {
    expect(kaplanMeier(0.5, [])).toBeUndefined();
    expect(kaplanMeier(0.5, [stillWaiting(1)])).toBeUndefined();
    expect(
      kaplanMeier(0.5, [ended(1), stillWaiting(2), stillWaiting(2)]),
    ).toBeUndefined();
  });
});
