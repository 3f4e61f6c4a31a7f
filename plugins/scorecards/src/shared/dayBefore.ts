const DAY_MS = 24 * 60 * 60 * 1000;

/** The day so many days ago, as reports have it: `2026-11-20`, in UTC. */
export function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
