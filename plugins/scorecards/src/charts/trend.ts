import type { TrendReport } from '@waymark/plugin-scorecards-common';

/** How things stood at the end of a day. */
export type TrendPoint = TrendReport['scorecards'][number]['points'][number];

/** A level in a chart, or what is below all of them. */
export interface Band {
  /** Empty for no level. */
  id: string;
  title: string;
  /** 0 for no level. */
  height: number;
}

/** The highest first, as in bars; no level last. */
export function bandsOf(levels: { id: string; title: string }[]): Band[] {
  return [
    ...levels
      .map(({ id, title }, index) => ({ id, title, height: index + 1 }))
      .reverse(),
    { id: '', title: 'No level', height: 0 },
  ];
}

/** Entities of a level on a day. */
export function countOf(point: TrendPoint, band: Band): number {
  return (
    point.entities.find(({ level = '' }) => level === band.id)?.entities ?? 0
  );
}

/** Entities of all levels on a day. */
export function totalOf(point: TrendPoint): number {
  return point.entities.reduce((sum, each) => sum + each.entities, 0);
}

/** The first day, and each on which something differs from the day before. */
export function changesOf(points: TrendPoint[]): TrendPoint[] {
  const keyOf = ({ entities }: TrendPoint) =>
    entities
      .map(each => `${each.level ?? ''}:${each.entities}`)
      .sort()
      .join();
  return points.filter(
    (point, index) => index === 0 || keyOf(point) !== keyOf(points[index - 1]),
  );
}
