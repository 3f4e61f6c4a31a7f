import { describeExactly } from './describeMoment';

/** Milliseconds. @public */
export const DAY = 24 * 60 * 60 * 1000;

/**
 * The beginning of a day such as `2026-11-20`. Days of reports are those of UTC.
 *
 * @public
 */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The day so many days ago, as reports have it: `2026-11-20`, in UTC. @public */
export function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY).toISOString().slice(0, 10);
}

/** Whether a text, such as one of an address, is a day of the calendar. @public */
export function isDay(text: string): boolean {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOf(text) : NaN;
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}

/**
 * A day of a report in words. Not as the reader's zone has it, which would be the
 * day before in half of the world.
 *
 * @public
 */
export function describeReportDay(day: string | number): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(typeof day === 'string' ? startOf(day) : day);
}

/**
 * When that is which an address asks for, a day or a moment: `at the end of 20 Nov
 * 2026, UTC`. What is neither stands as it is; the backend says so.
 *
 * @public
 */
export function describeAsOf(asOf: string): string {
  if (isDay(asOf)) {
    return `at the end of ${describeReportDay(asOf)}, UTC`;
  }
  const moment = new Date(asOf);
  return `on ${
    Number.isNaN(moment.getTime()) ? asOf : describeExactly(moment)
  }`;
}
