import type { BreakdownReport } from '@waymark/plugin-scorecards-common';

/** More columns than these fit neither a screen nor a sheet of paper. */
const MOST_COLUMNS = 3;

/** Whether there are so many scorecards that they share a column. */
export function isMerged({ scorecards }: BreakdownReport): boolean {
  return scorecards.length > MOST_COLUMNS;
}

/** How many columns there are, with that of the names. */
export function countColumns(report: BreakdownReport): number {
  return 1 + (isMerged(report) ? 1 : report.scorecards.length);
}
