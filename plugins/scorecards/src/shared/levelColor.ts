/**
 * The colour of a level, as a CSS value: the higher, the stronger. The same in bars
 * and charts; never without the level's name beside it.
 *
 * @param height - 0 is no level, 1 the lowest
 * @param levels - how many the scorecard has
 */
export function levelColor(height: number, levels: number): string {
  if (height === 0) {
    return 'var(--bui-border-2)';
  }
  const strength = Math.round(25 + (75 * height) / levels);
  return `color-mix(in srgb, var(--bui-accent-bg) ${strength}%, var(--bui-bg-neutral-1))`;
}
