/** What is drawn of a week; a series without a number has nothing to say. */
export interface WeekRow {
  /** The date of its Monday. */
  week: string;
  values: { [series: string]: number | undefined };
}

/** One of the things that are drawn. */
export interface WeekSeries {
  id: string;
  title: string;
  /** `claimed`: hatched, on top of what was observed. */
  look: 'main' | 'second' | 'claimed';
}
