import { DAY, startOf } from '@waymark/ui';
import type { TrendPoint } from './trend';

/** What the chart draws at a time; without a point nothing. */
export interface TrendRow {
  /** Milliseconds. */
  at: number;
  point?: TrendPoint;
}

/**
 * How far points are apart, in milliseconds: long trends come with a point for
 * every so many days.
 */
export function spacingOf(points: TrendPoint[]): number {
  const distances = points
    .slice(1)
    .map(({ day }, index) => startOf(day) - startOf(points[index].day));
  return distances.length > 0 ? Math.min(...distances) : DAY;
}

/**
 * A row in the middle of each day, and rows at both ends of what belongs together:
 * so a single day is as wide as any, and where days are missing nothing is drawn.
 */
export function toRows(points: TrendPoint[]): TrendRow[] {
  const rows: TrendRow[] = [];
  const width = spacingOf(points);
  points.forEach((point, index) => {
    const start = startOf(point.day);
    const before = points[index - 1];
    const after = points[index + 1];
    const at = start + DAY / 2;
    if (!before || start - startOf(before.day) > width) {
      if (before) {
        rows.push({ at: at - width / 2 });
      }
      rows.push({ at: at - width / 2, point });
    }
    rows.push({ at, point });
    if (!after || startOf(after.day) - start > width) {
      rows.push({ at: at + width / 2, point });
    }
  });
  return rows;
}
