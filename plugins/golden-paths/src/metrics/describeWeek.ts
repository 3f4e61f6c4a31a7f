import { DAY, describeReportDay, startOf } from '@waymark/ui';

/** Whether a week, named by its Monday, is not over yet. */
export function isUnfinished(week: string): boolean {
  return startOf(week) + 7 * DAY > Date.now();
}

/** A week in words: `Week of 16 Nov 2026`, and that it goes on where it does. */
export function describeWeek(week: string): string {
  return `Week of ${describeReportDay(week)}${
    isUnfinished(week) ? ', so far' : ''
  }`;
}
