import type {
  EntityScorecard,
  RuleOutcome,
} from '@waymark/plugin-scorecards-common';

const isBlocking = (outcome: RuleOutcome) =>
  ['fail', 'noData', 'error'].includes(outcome);

/**
 * The level that an entity would have if one rule came to something else: the highest
 * one that has a rule which applies, and no rule in the way at it or below it.
 *
 * @returns its title; undefined for no level
 */
export function levelWith(
  scorecard: EntityScorecard,
  ruleId: string,
  outcome: RuleOutcome,
): string | undefined {
  const rules = scorecard.rules
    .filter(rule => rule.counts && rule.level !== undefined)
    .map(rule => ({
      height: scorecard.levels.findIndex(({ id }) => id === rule.level),
      outcome: rule.ruleId === ruleId ? outcome : rule.outcome,
    }))
    .filter(rule => rule.outcome !== 'notApplicable');
  const blocked = Math.min(
    ...rules
      .filter(rule => isBlocking(rule.outcome))
      .map(({ height }) => height),
  );
  const reached = Math.max(
    -1,
    ...rules.map(({ height }) => height).filter(height => height < blocked),
  );
  return scorecard.levels[reached]?.title;
}
