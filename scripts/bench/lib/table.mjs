const WIDTH = 44;

export const heading = `${''.padEnd(WIDTH)}    n      p50      p95      max`;

/** One line of the table: what was measured, and whether it is fast enough. */
export function row(title, { count, p50, p95, max }, targetMs) {
  const seconds = ms => `${(ms / 1000).toFixed(2)} s`.padStart(8);
  const verdict = p95 <= targetMs ? 'met' : 'MISSED';
  return `${title.padEnd(WIDTH)} ${String(count).padStart(4)} ${seconds(
    p50,
  )} ${seconds(p95)} ${seconds(max)}   p95 ≤ ${targetMs / 1000} s: ${verdict}`;
}
