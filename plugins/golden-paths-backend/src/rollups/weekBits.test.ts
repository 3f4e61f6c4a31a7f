import { spanBits, weekBits } from './weekBits';

describe('weekBits', () => {
  it('has one bit for each week, in blocks of 50', () => {
    expect([...weekBits(['1970-01-05', '1970-01-12', '1970-01-05'])]).toEqual([
      [0, 3],
    ]);
    expect([...weekBits(['1970-12-14', '1970-12-21'])]).toEqual([
      [0, 2 ** 49],
      [1, 1],
    ]);
  });

  it('has all bits of a span, over the edge of a block', () => {
    expect([...spanBits({ first: '1970-12-07', last: '1970-12-28' })]).toEqual([
      [0, 2 ** 48 + 2 ** 49],
      [1, 3],
    ]);
    expect([...spanBits({ first: '2026-06-01', last: '2026-05-25' })]).toEqual(
      [],
    );
  });
});
