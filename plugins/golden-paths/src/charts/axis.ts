import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import type { WeekRow } from './weeks';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps between marks of durations that people count in. */
const DURATIONS = [
  ...[1, 2, 5, 10, 15, 30].map(each => each * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(each => each * MINUTE),
  ...[1, 2, 4, 6, 12].map(each => each * HOUR),
  ...[1, 2, 5, 7, 14, 30, 60, 90, 180, 365].map(each => each * DAY),
];

const MARKS = 4;

/** 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find(each => each * power >= least) ?? 10) * power;
}

function stepOf(highest: number, unit: MetricUnit): number {
  const least = highest / MARKS;
  if (unit === 'duration') {
    return (
      DURATIONS.find(each => each >= least) ?? Math.ceil(least / DAY) * DAY
    );
  }
  return roundStep(least);
}

/**
 * The marks of an axis that begins at zero and has room for all that is drawn: numbers
 * that people count in, at most six of them.
 *
 * @param others - what is to be seen besides the rows, such as a target
 */
export function marksFor(options: {
  rows: WeekRow[];
  unit: MetricUnit;
  /** Whether what is drawn of a week stands one above the other. */
  isStacked: boolean;
  others: number[];
}): number[] {
  const { rows, unit, isStacked, others } = options;
  const heights = rows.map(({ values }) => {
    const known = Object.values(values).filter(
      (each): each is number => each !== undefined,
    );
    return isStacked
      ? known.reduce((sum, each) => sum + each, 0)
      : Math.max(0, ...known);
  });
  const highest = Math.max(0, ...heights, ...others);
  if (unit === 'share' && (highest === 0 || highest > 0.5)) {
    return [0, 0.25, 0.5, 0.75, 1];
  }
  if (highest === 0) {
    return [0, unit === 'duration' ? MINUTE : 1];
  }
  const step = stepOf(highest, unit);
  const count = Math.ceil(highest / step);
  return Array.from({ length: count + 1 }, (_, index) =>
    // Sums of tenths are not what they seem
    Number((index * step).toPrecision(12)),
  );
}
