import { DAY } from '../moment/days';

/** Days between two marks of an axis: whole weeks as soon as one week is shown. */
const STEPS = [1, 2, 7, 14, 28, 56, 91];

/**
 * For an axis: the year only where it is another one than that of the last day.
 *
 * @public
 */
export function describeMark(at: number, last: number): string {
  const isSameYear =
    new Date(at).getUTCFullYear() === new Date(last).getUTCFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: isSameYear ? undefined : 'numeric',
    timeZone: 'UTC',
  }).format(at);
}

/**
 * The days that an axis names, at most seven; the last one always.
 *
 * @param first - with `last`: milliseconds
 * @public
 */
export function marksBetween(first: number, last: number): number[] {
  const days = Math.round((last - first) / DAY);
  const step = STEPS.find(each => days / each < 7) ?? Math.ceil(days / 6);
  const marks: number[] = [];
  for (let at = last; at >= first; at -= step * DAY) {
    marks.unshift(at);
  }
  return marks;
}
