/**
 * A time or a count from a `bigint` column, which PostgreSQL gives as text.
 *
 * @public
 */
export function toMillis(value: string | number): number;
/** @public */
export function toMillis(
  value: string | number | null | undefined,
): number | undefined;
export function toMillis(
  value: string | number | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
