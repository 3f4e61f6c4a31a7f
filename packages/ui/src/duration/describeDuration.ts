const UNITS: Array<[unit: string, seconds: number]> = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/**
 * How long something took, as short as people say it: `4 s`, `2 min 5 s`, `1 h 3 min`,
 * `12 d`. From ten days on, hours say nothing.
 *
 * @public
 */
export function describeDuration(seconds: number): string {
  let rest = Math.max(1, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => rest >= size);
  const words: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      words.push(`${count} ${unit}`);
    }
    if (unit === 'd' && count >= 10) {
      break;
    }
  }
  return words.join(' ');
}
