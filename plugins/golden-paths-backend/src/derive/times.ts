/**
 * Not by spreading: there may be more times than a function takes.
 *
 * @internal
 */
export function earliest(times: number[]): number | undefined {
  return times.length === 0
    ? undefined
    : times.reduce((first, time) => Math.min(first, time));
}

/** @internal */
export function latest(times: number[]): number | undefined {
  return times.length === 0
    ? undefined
    : times.reduce((last, time) => Math.max(last, time));
}
