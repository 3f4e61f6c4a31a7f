const UNITS: Array<[unit: Intl.RelativeTimeFormatUnit, milliseconds: number]> =
  [
    ['year', 365 * 24 * 60 * 60 * 1000],
    ['month', 30 * 24 * 60 * 60 * 1000],
    ['day', 24 * 60 * 60 * 1000],
    ['hour', 60 * 60 * 1000],
    ['minute', 60 * 1000],
  ];

/**
 * How far a moment is away: `in 3 days`, `2 hours ago`.
 *
 * Days up to 60 of them, since a month more or less matters when something ends.
 *
 * @public
 */
export function describeMoment(moment: Date, now: Date): string {
  const distance = moment.getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  for (const [unit, size] of UNITS) {
    const least = unit === 'month' ? 2 * size : size;
    if (Math.abs(distance) >= least) {
      return format.format(Math.round(distance / size), unit);
    }
  }
  return distance < 0 ? 'just now' : 'in less than a minute';
}

/**
 * The day and minute in the reader's own zone, with that zone's name.
 *
 * @public
 */
export function describeExactly(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
  }).format(moment);
}

/** The day alone, short enough for a table. @public */
export function describeDay(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(
    moment,
  );
}
