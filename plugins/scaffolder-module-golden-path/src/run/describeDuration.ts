/**
 * How long something took, as short as people say it: `4 s`, `2 min 5 s`, `1 h 3 min`.
 *
 * @internal
 */
export function describeDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const parts: Array<[count: number, unit: string]> = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
