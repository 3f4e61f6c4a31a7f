import type { HumanDuration } from '@backstage/types';

const UNITS = [
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;

/** A length of time in words: `30 days`, `1 hour and 30 minutes`. */
export function describeDuration(duration: HumanDuration): string {
  const parts = UNITS.flatMap(unit => {
    const value = duration[unit];
    return value
      ? new Intl.NumberFormat('en-GB', {
          style: 'unit',
          unit: unit.slice(0, -1),
          unitDisplay: 'long',
        }).format(value)
      : [];
  });
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}
