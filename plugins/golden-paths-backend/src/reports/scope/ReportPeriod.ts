import {
  MetricsConfig,
  ReportRequest,
} from '@waymark/plugin-golden-paths-common';
import { addWeeks, sundayOf, Weeks, weeksBetween } from '../../calendar/Weeks';

/** From its first week to its last, both included. */
export interface WeekSpan {
  /** `YYYY-MM-DD`, a Monday. */
  first: string;
  last: string;
}

/**
 * Which weeks a report is about, and with which it compares them.
 *
 * @internal
 */
export interface ReportPeriod extends WeekSpan {
  /** All of them, the oldest first. */
  weeks: string[];
  /** As many just before. */
  previous: WeekSpan;
  /** Of the configuration. */
  baseline?: WeekSpan;
}

/** The weeks of a report that is asked for without a number. */
export const DEFAULT_WEEKS = 26;

/** @internal */
export function reportPeriod(options: {
  asked: Pick<ReportRequest, 'weeks' | 'until'>;
  baseline?: MetricsConfig['baseline'];
  now: number;
  weeks: Weeks;
}): ReportPeriod {
  const { asked, baseline, now } = options;
  const { until: last = options.weeks.weekOf(now), weeks: count } = asked;
  const length = count ?? DEFAULT_WEEKS;
  const first = addWeeks(last, 1 - length);
  return {
    first,
    last,
    weeks: Array.from({ length }, (_, index) => addWeeks(first, index)),
    previous: { first: addWeeks(first, -length), last: addWeeks(first, -1) },
    baseline: baseline && {
      first: mondayOf(baseline.from),
      last: mondayOf(baseline.to),
    },
  };
}

/** All weeks of a report together, and those that it compares them with, by name. */
export function spansOf(period: ReportPeriod): { [id: string]: WeekSpan } {
  const { previous, baseline } = period;
  return { period, previous, ...(baseline && { baseline }) };
}

/** How many weeks there are in it. */
export function lengthOf({ first, last }: WeekSpan): number {
  return weeksBetween({ from: first, to: last }) + 1;
}

/** When it begins, and when it is over, in milliseconds. */
export function timesOf(
  { first, last }: WeekSpan,
  weeks: Weeks,
): { from: number; to: number } {
  return {
    from: weeks.startOf(first),
    to: weeks.startOf(addWeeks(last, 1)),
  };
}

/** The first and the last day of it, `YYYY-MM-DD`. */
export function daysOf({ first, last }: WeekSpan): {
  from: string;
  to: string;
} {
  return { from: first, to: sundayOf(last) };
}

/** Of the week of a day, whatever the time zone. */
function mondayOf(day: string): string {
  return Weeks.of('UTC').weekOf(Date.parse(`${day}T00:00:00Z`));
}
