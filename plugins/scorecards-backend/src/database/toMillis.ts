/**
 * A time or a count from a `bigint` column, which PostgreSQL gives as text.
 *
 * @internal
 */
export function toMillis(value: string | number): number;
/** @internal */
export function toMillis(
  value: string | number | null | undefined,
): number | undefined;
export function toMillis(
  value: string | number | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
