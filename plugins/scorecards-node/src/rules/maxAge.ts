import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/**
 * How long a fact counts from the time of its observation on, in whole
 * milliseconds: a third of a day is a duration, too.
 *
 * @public
 */
export function maxAgeMillis(
  maxAge: HumanDuration | undefined,
): number | undefined {
  return maxAge && Math.round(durationToMilliseconds(maxAge));
}

/**
 * Whether a fact is too old for a rule. It is from the very millisecond on that
 * its age is the `maxAge` of the rule.
 *
 * @public
 */
export function isExpired(options: {
  observedAt: number;
  /** In milliseconds. */
  maxAge: number | undefined;
  now: number;
}): boolean {
  const { observedAt, maxAge, now } = options;
  return maxAge !== undefined && observedAt + maxAge <= now;
}
