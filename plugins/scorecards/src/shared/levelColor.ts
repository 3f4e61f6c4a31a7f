/**
 * The colour of a level, as a CSS value: the higher, the stronger. The same in bars
 * and charts; never without the level's name beside it. No level is calm rather than
 * loud: a pale grey, which bars frame.
 *
 * @param height - 0 is no level, 1 the lowest
 * @param levels - how many the scorecard has
 */
export function levelColor(height: number, levels: number): string {
  if (height === 0) {
    return 'color-mix(in srgb, var(--bui-border-2) 30%, var(--bui-bg-neutral-1))';
  }
  const strength = Math.round(25 + (75 * height) / levels);
  return `color-mix(in srgb, var(--bui-accent-bg) ${strength}%, var(--bui-bg-neutral-1))`;
}
