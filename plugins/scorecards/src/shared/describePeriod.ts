/** So many days, in words. */
export function describePeriod(days: number): string {
  return days === 365 ? '1 year' : `${days} days`;
}
