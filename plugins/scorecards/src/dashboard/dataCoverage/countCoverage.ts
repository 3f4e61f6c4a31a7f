import type {
  LevelsReport,
  RulesReport,
} from '@waymark/plugin-scorecards-common';

/** How much of a scorecard nobody knows. */
export interface Coverage {
  scorecardRef: string;
  title: string;
  /** Rules times services that they apply to. */
  checks: number;
  noData: number;
  /** The rules with most of it first. */
  causes: { ruleId: string; title: string; noData: number }[];
}

/** Counts what has no data, in the order of the scorecards. */
export function countCoverage(
  report: RulesReport,
  scorecards: LevelsReport['scorecards'],
): Coverage[] {
  return scorecards.map(({ scorecardRef, title }) => {
    const rules = report.rules.filter(
      each => each.scorecardRef === scorecardRef,
    );
    const checks = rules
      .flatMap(({ outcomes: { notApplicable, ...others } }) =>
        Object.values(others),
      )
      .reduce((sum, count) => sum + count, 0);
    const causes = rules
      .map(rule => ({
        ruleId: rule.ruleId,
        title: rule.title,
        noData: rule.outcomes.noData,
      }))
      .filter(({ noData }) => noData > 0)
      .sort((a, b) => b.noData - a.noData);
    return {
      scorecardRef,
      title,
      checks,
      noData: causes.reduce((sum, { noData }) => sum + noData, 0),
      causes,
    };
  });
}
