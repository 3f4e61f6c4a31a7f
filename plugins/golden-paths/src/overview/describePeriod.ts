import type { SummaryReport } from '@waymark/plugin-golden-paths-common';
import { describeReportDay } from '@waymark/ui';

/** From when to when, and whose days these are. */
export function describePeriod(
  report: Pick<SummaryReport, 'from' | 'to' | 'timeZone'>,
): string {
  const { from, to, timeZone } = report;
  return `${describeReportDay(from)} – ${describeReportDay(to)}, ${timeZone}`;
}
