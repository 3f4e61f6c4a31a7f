import { rowPage } from './rowPage';

const rows = ['a', 'b', 'c', 'd'].map(ref => ({ ref }));
const small = { bytesPerRow: 10, bytesAround: 10 };
const refs = (page: { rows: { ref?: string }[] }) =>
  page.rows.map(({ ref }) => ref);

describe('the rows of a page', () => {
  it('follow those of the page before, also when that one is gone', () => {
    const first = rowPage({ rows, limit: 2, ...small });
    expect(first).toEqual({ rows: rows.slice(0, 2), next: [1, 'b'] });
    const after = first.next;
    expect(refs(rowPage({ rows, after, limit: 2, ...small }))).toEqual([
      'c',
      'd',
    ]);
    const moved = [{ ref: '0' }, ...rows];
    expect(refs(rowPage({ rows: moved, after, limit: 2, ...small }))).toEqual([
      'c',
      'd',
    ]);
    const without = rows.filter(({ ref }) => ref !== 'b');
    expect(refs(rowPage({ rows: without, after, limit: 9, ...small }))).toEqual(
      ['c', 'd'],
    );
  });

  it('end where there is no room for more, and are never none', () => {
    const wide = { bytesPerRow: 60_000, bytesAround: 10_000 };
    expect(rowPage({ rows, limit: 9, ...wide }).rows).toHaveLength(2);
    const wider = { bytesPerRow: 60_000, bytesAround: 500_000 };
    expect(rowPage({ rows, limit: 9, ...wider }).rows).toHaveLength(1);
  });
});
