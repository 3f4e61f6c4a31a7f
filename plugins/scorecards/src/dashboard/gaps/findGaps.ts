import type {
  LevelsReport,
  RulesReport,
} from '@waymark/plugin-scorecards-common';

/** A rule that keeps services from their next level. */
export interface Gap {
  scorecardRef: string;
  scorecardTitle: string;
  ruleId: string;
  title: string;
  /** The level that they would reach next. */
  level: string;
  /** Where they are; `none` without a level, as in the address of the services. */
  from: string;
  blocking: { fail: number; noData: number; error: number };
}

/** The rules that keep anybody from a level, those that keep most first. */
export function findGaps(
  report: RulesReport,
  scorecards: LevelsReport['scorecards'],
): Gap[] {
  const sizeOf = ({ blocking: { fail, noData, error } }: Gap) =>
    fail + noData + error;
  return report.rules
    .flatMap((rule): Gap[] => {
      const { scorecardRef, ruleId, title, level, blocking } = rule;
      const scorecard = scorecards.find(
        each => each.scorecardRef === scorecardRef,
      );
      const height =
        scorecard?.levels.findIndex(({ id }) => id === level) ?? -1;
      return scorecard && blocking && height >= 0
        ? [
            {
              scorecardRef,
              scorecardTitle: scorecard.title,
              ruleId,
              title,
              level: scorecard.levels[height].title,
              from: scorecard.levels[height - 1]?.id ?? 'none',
              blocking,
            },
          ]
        : [];
    })
    .filter(gap => sizeOf(gap) > 0)
    .sort((a, b) => sizeOf(b) - sizeOf(a));
}
