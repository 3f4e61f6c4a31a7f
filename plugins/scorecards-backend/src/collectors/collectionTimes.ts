const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 3_600_000;

/**
 * Never more than this ahead, whatever a source asks for.
 *
 * @internal
 */
export const LONGEST_PAUSE_MS = 24 * 3_600_000;

/** The golden ratio: its multiples lie as evenly as can be between 0 and 1. */
const GOLDEN_RATIO = 0.618033988749895;

/** A number from 0 to 1 of each subject's own. */
function phaseOf(subjectId: number): number {
  return (subjectId * GOLDEN_RATIO) % 1;
}

/**
 * When a collection that succeeded falls due again. Each subject has its own
 * place within the period, so that thousands which were collected one after the
 * other, because all were new, do not fall due together from then on. The first
 * time this takes between a quarter and one and a quarter of the period, then
 * always one.
 *
 * @internal
 */
export function nextCollection(options: {
  subjectId: number;
  everyMs: number;
  now: number;
}): number {
  const { subjectId, everyMs, now } = options;
  const earliest = now + everyMs / 4;
  const phase = phaseOf(subjectId) * everyMs;
  return Math.ceil(Math.ceil((earliest - phase) / everyMs) * everyMs + phase);
}

/**
 * When a collection that failed is tried again: after half a minute, then ever
 * later, up to an hour.
 *
 * @param options - `failures`: in a row, with this one
 * @internal
 */
export function nextAttempt(options: {
  subjectId: number;
  failures: number;
  now: number;
}): number {
  const { subjectId, failures, now } = options;
  const delay = Math.min(
    LAST_RETRY_MS,
    FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20),
  );
  return Math.ceil(now + delay * (0.9 + 0.2 * phaseOf(subjectId)));
}
