import type { TrendReport } from '@waymark/plugin-scorecards-common';
import { describeReportDay, formatNumber } from '@waymark/ui';

/**
 * What became of the mean score: `up 12 since 24 Aug 2026`. Numbers as they are
 * shown, so that what looks the same is unchanged.
 *
 * @param points - earliest first
 * @returns undefined before there was a score
 */
export function describeTrend(
  points: TrendReport['scorecards'][number]['points'],
): string | undefined {
  const scored = points.flatMap(({ day, meanScore }) =>
    meanScore === undefined ? [] : [{ day, score: Math.round(meanScore) }],
  );
  if (scored.length === 0) {
    return undefined;
  }
  const first = scored[0];
  const last = scored[scored.length - 1];
  const day = describeReportDay(first.day);
  if (scored.length === 1) {
    // Of which day is not known where only some days were asked for
    return 'too new for a trend';
  }
  const change = last.score - first.score;
  if (change === 0) {
    return `unchanged since ${day}`;
  }
  return `${change > 0 ? 'up' : 'down'} ${formatNumber(
    Math.abs(change),
  )} since ${day}`;
}
