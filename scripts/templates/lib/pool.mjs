/**
 * At most so many at the same time, in the order in which they were asked for;
 * what is `first` goes before what waits.
 */
export function pool(limit) {
  const waiting = [];
  let running = 0;

  const next = () => {
    if (running >= limit || waiting.length === 0) {
      return;
    }
    running += 1;
    const { work, resolve, reject } = waiting.shift();
    work()
      .then(resolve, reject)
      .finally(() => {
        running -= 1;
        next();
      });
  };
  return (work, { first = false } = {}) =>
    new Promise((resolve, reject) => {
      const entry = { work, resolve, reject };
      if (first) {
        waiting.unshift(entry);
      } else {
        waiting.push(entry);
      }
      next();
    });
}
