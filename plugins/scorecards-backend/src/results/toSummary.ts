import {
  ScorecardRuleDefinition,
  ScorecardSummary,
} from '@waymark/plugin-scorecards-common';
import { LevelTally } from '../reports/LevelTally';
import {
  RuleDefinition,
  ScorecardDefinition,
} from '../scorecards/ScorecardDefinition';

/**
 * A scorecard with how its entities stand.
 *
 * @internal
 */
export function toSummary(
  scorecard: ScorecardDefinition,
  tally: LevelTally,
): ScorecardSummary {
  return {
    scorecardRef: scorecard.ref,
    title: scorecard.title,
    ...(scorecard.description !== undefined && {
      description: scorecard.description,
    }),
    owner: scorecard.owner,
    lifecycle: scorecard.lifecycle,
    appliesTo: scorecard.entity.spec.appliesTo,
    levels: scorecard.levels,
    rules: scorecard.rules.map(rule => toRuleDefinition(rule, scorecard)),
    entities: tally.entities(scorecard),
    ...(tally.meanScore !== undefined && { meanScore: tally.meanScore }),
  };
}

function toRuleDefinition(
  rule: RuleDefinition,
  { levels }: ScorecardDefinition,
): ScorecardRuleDefinition {
  const { appliesTo, maxAge, why, fix } = rule.source;
  return {
    id: rule.key,
    title: rule.title,
    ...(rule.level > 0 && { level: levels[rule.level - 1].id }),
    weight: rule.weight,
    check: rule.check,
    ...(appliesTo !== undefined && { appliesTo }),
    ...(rule.effectiveFrom !== undefined && {
      effectiveFrom: new Date(rule.effectiveFrom).toISOString(),
    }),
    ...(maxAge && { maxAge }),
    ...(why !== undefined && { why }),
    ...(fix && { fix }),
  };
}
