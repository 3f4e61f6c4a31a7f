/** How far back the dashboard looks. */
export interface Range {
  /** In the address. */
  id: string;
  label: string;
  days: number;
  /**
   * Days between two points: about fifty points tell as much as a year of them, and
   * keep the answer small with many scorecards.
   */
  every: number;
}

/** What can be chosen, the shortest first. */
export const RANGES: readonly Range[] = [
  { id: '30', label: '30 days', days: 30, every: 1 },
  { id: '90', label: '90 days', days: 90, every: 2 },
  // Whole weeks, so that its first day is a point
  { id: '365', label: 'A year', days: 364, every: 7 },
];

/** For whom has chosen none. */
export const DEFAULT_RANGE = RANGES[1];
