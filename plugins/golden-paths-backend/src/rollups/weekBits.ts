const FIRST_MONDAY = Date.parse('1970-01-05');
const WEEK_MS = 7 * 24 * 3_600_000;

/** As many as a number holds exactly. */
const WEEKS = 50;

/** How many Mondays a week is after the first one. */
function indexOf(week: string): number {
  return Math.round((Date.parse(week) - FIRST_MONDAY) / WEEK_MS);
}

/**
 * Weeks as one bit each, in blocks of 50.
 *
 * @param weeks - their Mondays, `YYYY-MM-DD`
 * @returns the bits of each block that has any
 * @internal
 */
export function weekBits(weeks: Iterable<string>): Map<number, number> {
  const blocks = new Map<number, number>();
  for (const index of new Set([...weeks].map(indexOf))) {
    const block = Math.floor(index / WEEKS);
    const bit = 2 ** (index - block * WEEKS);
    blocks.set(block, (blocks.get(block) ?? 0) + bit);
  }
  return blocks;
}

/**
 * The bits of all weeks from the first to the last.
 *
 * @internal
 */
export function spanBits(span: {
  first: string;
  last: string;
}): Map<number, number> {
  const blocks = new Map<number, number>();
  for (let index = indexOf(span.first); index <= indexOf(span.last); index++) {
    const block = Math.floor(index / WEEKS);
    const bit = 2 ** (index - block * WEEKS);
    blocks.set(block, (blocks.get(block) ?? 0) + bit);
  }
  return blocks;
}
