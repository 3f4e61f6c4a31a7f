/**
 * Answers anew only for what has not been asked before. Most of what a proof
 * renders is the same as before: a breakage changes one file of a hundred.
 *
 * @template Result
 * @param {(...texts: string[]) => Result} answer depends on its arguments alone
 * @returns {(...texts: string[]) => Result}
 */
export function remember(answer) {
  const known = new Map();
  return (...texts) => {
    const key = JSON.stringify(texts);
    if (!known.has(key)) {
      known.set(key, answer(...texts));
    }
    return known.get(key);
  };
}
