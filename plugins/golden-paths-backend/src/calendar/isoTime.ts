import { toMillis } from '@waymark/backend-support';

/**
 * A time for the answer.
 *
 * @param time - milliseconds, which PostgreSQL gives as text
 * @internal
 */
export function isoTime(time: string | number): string {
  return new Date(toMillis(time)).toISOString();
}

/** As {@link isoTime}, of what may not have happened. */
export function optionalTime(time: string | number | null): string | undefined {
  return time === null ? undefined : isoTime(time);
}
