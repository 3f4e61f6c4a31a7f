import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DAY, describeMark, marksBetween, startOf } from '@waymark/ui';
import { changesOf, type TrendPoint } from './trend';
import { TrendChart } from './TrendChart';
import { toRows } from './trendRows';

const LEVELS = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'gold', title: 'Gold' },
];

/** A day with so many on gold, on bronze and on no level. */
function pointOf(
  day: string,
  [gold, bronze, none]: [number, number, number],
): TrendPoint {
  return {
    day,
    entities: [
      { level: 'bronze', entities: bronze },
      { level: 'gold', entities: gold },
      { entities: none },
    ],
  };
}

function dayAfter(day: string, days: number): string {
  return new Date(startOf(day) + days * DAY).toISOString().slice(0, 10);
}

describe('the chart of a trend', () => {
  it('says in words and as a table what it draws', async () => {
    render(
      <TrendChart
        label="Readiness"
        levels={LEVELS}
        points={[
          pointOf('2026-11-19', [0, 1, 3]),
          pointOf('2026-11-20', [0, 1, 3]),
          pointOf('2026-11-21', [1, 1, 2]),
        ]}
      />,
    );
    expect(
      screen.getByRole('img', {
        name: 'Readiness: services per level over time. 19 Nov 2026: Gold 0 (0%), Bronze 1 (25%), No level 3 (75%). 21 Nov 2026: Gold 1 (25%), Bronze 1 (25%), No level 2 (50%).',
      }),
    ).toBeInTheDocument();
    expect(
      within(screen.getByRole('list', { name: 'Levels' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['Gold', 'Bronze', 'No level']);

    expect(screen.getByRole('radio', { name: 'Share' })).toBeChecked();
    await userEvent.click(screen.getByRole('radio', { name: 'Number' }));
    expect(screen.getByRole('radio', { name: 'Number' })).toBeChecked();

    const button = screen.getByRole('button', { name: 'Show as table' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    const table = screen.getByRole('table', { name: /^Readiness/ });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => [...row.children].map(cell => cell.textContent)),
    ).toEqual([
      ['Day', 'Gold', 'Bronze', 'No level', 'All'],
      // The newest first; the 20th was as the 19th
      ['21 Nov 2026', '1 (25%)', '1 (25%)', '2 (50%)', '4'],
      ['19 Nov 2026', '0 (0%)', '1 (25%)', '3 (75%)', '4'],
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Hide the table' }),
    );
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says that the history has just begun, and that there is none', () => {
    const { rerender } = render(
      <TrendChart
        label="Readiness"
        levels={LEVELS}
        points={[pointOf('2026-11-21', [0, 0, 0])]}
      />,
    );
    expect(screen.getByText('The history has just begun.')).toBeInTheDocument();
    rerender(<TrendChart label="Readiness" levels={LEVELS} points={[]} />);
    expect(
      screen.getByRole('heading', { name: 'No history in this time' }),
    ).toBeInTheDocument();
  });

  it('gives each day its width, a single one as well, and leaves gaps empty', () => {
    const [a, b, c] = ['2026-11-01', '2026-11-02', '2026-11-05'].map(day =>
      pointOf(day, [1, 1, 1]),
    );
    const hours = (points: TrendPoint[]) =>
      toRows(points).map(({ at, point }) => [
        (at - startOf('2026-11-01')) / (DAY / 24),
        point?.day,
      ]);
    expect(hours([a])).toEqual([
      [0, a.day],
      [12, a.day],
      [24, a.day],
    ]);
    expect(hours([a, b, c])).toEqual([
      [0, a.day],
      [12, a.day],
      [36, b.day],
      [48, b.day],
      [96, undefined],
      [96, c.day],
      [108, c.day],
      [120, c.day],
    ]);
    // Of every third day
    expect(toRows([b, c]).map(({ point }) => point?.day)).toEqual([
      b.day,
      b.day,
      c.day,
      c.day,
    ]);
  });

  it('names at most seven days of an axis, however many there are, and always the last', () => {
    const last = startOf('2026-11-21');
    for (const days of [0, 1, 6, 7, 30, 90, 399, 4000]) {
      const marks = marksBetween(last - days * DAY, last);
      expect(marks.length).toBeGreaterThan(days > 3 ? 3 : 0);
      expect(marks.length).toBeLessThanOrEqual(7);
      expect(marks[marks.length - 1]).toBe(last);
      expect(marks[0]).toBeGreaterThanOrEqual(last - days * DAY);
    }
    expect(describeMark(startOf('2026-11-14'), last)).toBe('14 Nov');
    expect(describeMark(startOf('2025-11-14'), last)).toBe('14 Nov 2025');
  });

  it('keeps a table of 400 days short where little happened', () => {
    const points = Array.from({ length: 400 }, (_, day) =>
      pointOf(dayAfter('2025-10-18', day), [day < 200 ? 0 : 1, 1, 1]),
    );
    expect(changesOf(points).map(({ day }) => day)).toEqual([
      '2025-10-18',
      dayAfter('2025-10-18', 200),
    ]);
  });
});
