/**
 * Chance that does not change: the same words give the same numbers, on every machine
 * and whatever else was asked before.
 *
 * @param {...(string | number)} words what it is about
 */
export function chance(...words) {
  let state = 2166136261;
  for (const character of words.join(' ')) {
    state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  }
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  return {
    /** From 0 to 1. */
    next,
    /** Whether something of this probability happens. */
    happens: probability => next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: items => items[Math.floor(next() * items.length)],
    /** How many, if it is so many on average. */
    count(mean) {
      const whole = Math.floor(mean);
      return whole + (next() < mean - whole ? 1 : 0);
    },
    /** Most near the middle, some far above it, as durations are. */
    around(middle) {
      const bell = next() + next() + next() - 1.5;
      return middle * Math.exp(bell * 1.2);
    },
  };
}
