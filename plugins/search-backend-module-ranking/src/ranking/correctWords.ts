/**
 * Words as they were probably meant: one that no name begins with is replaced by
 * the nearest that one has. One slip is allowed from four letters on, two from eight.
 *
 * @internal
 */
export function correctWords(words: string[], known: string[]): string[] {
  return words.map(word => {
    const allowed = slipsIn(word);
    if (allowed === 0 || known.some(other => other.startsWith(word))) {
      return word;
    }
    let best: { word: string; slips: number } | undefined;
    for (const other of known) {
      // Who is still typing has not written the end
      const beginning = other.slice(0, word.length);
      for (const target of beginning === other ? [other] : [other, beginning]) {
        if (Math.abs(target.length - word.length) > allowed) {
          continue;
        }
        const slips = slipsBetween(word, target);
        if (slips <= allowed && (!best || slips < best.slips)) {
          best = { word: target, slips };
        }
      }
    }
    return best?.word ?? word;
  });
}

function slipsIn(word: string): number {
  if (word.length < 4) {
    return 0;
  }
  return word.length < 8 ? 1 : 2;
}

/** Letters added, left out, replaced or swapped with their neighbour. */
function slipsBetween(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let slips = Math.min(
        last[column] + 1,
        next[column - 1] + 1,
        last[column - 1] + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1]
      ) {
        slips = Math.min(slips, before[column - 2] + 1);
      }
      next.push(slips);
    }
    before = last;
    last = next;
  }
  return last[to.length];
}
