import { getLocalTimeZone, type CalendarDate } from '@internationalized/date';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The reader's clock may run ahead of the backend's, which counts the longest
 * lifetime from its own now.
 */
const CLOCK_SKEW = 10 * 60 * 1000;

/** When a credential is to end: in so many days, or on a day. @internal */
export type Expiry =
  | { kind: 'days'; days: number }
  | { kind: 'date'; date?: CalendarDate };

/** The choices of days that the settings leave. @internal */
export function listPresets(settings: {
  defaultLifetimeDays: number;
  maxLifetimeDays: number;
}): number[] {
  const { defaultLifetimeDays, maxLifetimeDays } = settings;
  return [...new Set([30, 90, 365, defaultLifetimeDays])]
    .filter(days => days <= maxLifetimeDays)
    .sort((a, b) => a - b);
}

/**
 * The moment to ask the backend for; undefined where the day is missing. A day
 * ends at its end, where the reader is.
 *
 * @internal
 */
export function toMoment(expiry: Expiry, now: Date): Date | undefined {
  if (expiry.kind === 'days') {
    return new Date(now.getTime() + expiry.days * DAY - CLOCK_SKEW);
  }
  if (!expiry.date) {
    return undefined;
  }
  const start = expiry.date.add({ days: 1 }).toDate(getLocalTimeZone());
  return new Date(start.getTime() - 1000);
}
