/**
 * How long something took; or, as long as it has not come to its end, how long it
 * has taken so far.
 *
 * @internal
 */
export interface Observation {
  /** Milliseconds. */
  duration: number;
  /** It has not come to its end, and will take longer than that. */
  censored: boolean;
}

/**
 * The time within which a share of all came to their end, by the estimator of Kaplan
 * and Meier (1958): what is not at its end yet counts as long as it could be watched,
 * instead of being left out, which would make the rest look faster than it is.
 *
 * @param share - 0.5 for the median, 0.9 for the 90th percentile
 * @returns milliseconds; undefined when so many have not come to their end yet
 * @internal
 */
export function kaplanMeier(
  share: number,
  observations: Observation[],
): number | undefined {
  const sorted = [...observations].sort((a, b) => a.duration - b.duration);
  let surviving = 1;
  for (let index = 0; index < sorted.length; ) {
    const { duration } = sorted[index];
    const atRisk = sorted.length - index;
    let ended = 0;
    // Those censored at the very moment others ended were still at risk
    do {
      ended += sorted[index].censored ? 0 : 1;
      index++;
    } while (sorted[index]?.duration === duration);
    surviving *= 1 - ended / atRisk;
    // Products of fractions are a little off; shares are not meant that exactly
    if (ended > 0 && surviving <= 1 - share + 1e-9) {
      return duration;
    }
  }
  return undefined;
}
