import {
  EntityScorecard,
  Exemption,
  RuleResult,
} from '@waymark/plugin-scorecards-common';
import { counts, nextSteps } from '../../evaluation/standing';
import {
  RuleDefinition,
  ScorecardDefinition,
} from '../../scorecards/ScorecardDefinition';
import { RuleRevisionContent } from '../../scorecards/RuleRevisionContent';
import { resolveEvidence } from '../evidence/resolveEvidence';
import { toStanding } from '../toStanding';
import { EntityState, RuleState } from './EntityState';

/**
 * One scorecard of one entity.
 *
 * @param options - `revisions`: of the rules that were evaluated by another
 * revision than the definition has; `at`: for which time, in milliseconds
 * @returns `undefined` when the entity is not part of it
 * @internal
 */
export function toEntityScorecard(options: {
  scorecard: ScorecardDefinition;
  state: EntityState;
  revisions: ReadonlyMap<number, RuleRevisionContent>;
  at: number;
  isPast: boolean;
}): EntityScorecard | undefined {
  const { scorecard, state, at } = options;
  const standing = state.standings.get(scorecard.id);
  if (!standing) {
    return undefined;
  }
  // A rule that has just been added has no outcome for a moment
  const evaluated = scorecard.rules.flatMap(rule => {
    const ruleState = state.rules.get(rule.id);
    return ruleState ? [{ rule, ruleState }] : [];
  });
  const next = nextSteps({
    rules: evaluated.map(({ rule }) => rule),
    outcomes: evaluated.map(({ ruleState }) => ruleState.outcome),
    now: at,
  });
  return {
    scorecardRef: scorecard.ref,
    title: scorecard.title,
    lifecycle: scorecard.lifecycle,
    levels: scorecard.levels,
    standing: toStanding(standing, scorecard),
    rules: evaluated.map(each => toRuleResult({ ...options, ...each })),
    nextSteps: next && {
      level: scorecard.levels[next.level - 1].id,
      ruleIds: next.rules.map(index => evaluated[index].rule.key),
    },
  };
}

function toRuleResult(options: {
  scorecard: ScorecardDefinition;
  rule: RuleDefinition;
  ruleState: RuleState;
  state: EntityState;
  revisions: ReadonlyMap<number, RuleRevisionContent>;
  at: number;
  isPast: boolean;
}): RuleResult {
  const { scorecard, rule, ruleState, state, revisions, at, isPast } = options;
  const { outcome, detail, source } = ruleState;
  const exemption = exemptionOf({ ...options, scorecardRef: scorecard.ref });
  return {
    ruleId: rule.key,
    title: rule.title,
    ...(rule.level > 0 && { level: scorecard.levels[rule.level - 1].id }),
    weight: rule.weight,
    outcome,
    since: new Date(ruleState.since).toISOString(),
    counts: counts(rule, at),
    ...(rule.effectiveFrom !== undefined && {
      effectiveFrom: new Date(rule.effectiveFrom).toISOString(),
    }),
    ...(rule.source.why !== undefined && { why: rule.source.why }),
    ...(rule.source.fix && { fix: rule.source.fix }),
    evidence: resolveEvidence({
      // What decided it, not what the rule says by now
      rule: revisions.get(ruleState.ruleRevisionId) ?? rule,
      outcome,
      detail,
      source,
      at,
      isPast,
      excused:
        ruleState.exemptionId === undefined
          ? undefined
          : excusedBy(state.exemptions.get(ruleState.exemptionId)),
    }),
    ...(exemption && { exemption }),
  };
}

function excusedBy(exemption: Exemption | undefined) {
  return exemption && { until: exemption.expiresAt, reason: exemption.reason };
}

/** The one that excuses the rule, else the newest that is asked for or lies ahead. */
function exemptionOf(options: {
  rule: RuleDefinition;
  ruleState: RuleState;
  scorecardRef: string;
  state: EntityState;
  isPast: boolean;
}): Exemption | undefined {
  const { rule, ruleState, scorecardRef, state, isPast } = options;
  if (ruleState.exemptionId !== undefined) {
    return state.exemptions.get(ruleState.exemptionId);
  }
  if (isPast) {
    // What became of the others at which time is not told by their row
    return undefined;
  }
  return [...state.exemptions.values()]
    .reverse()
    .find(
      exemption =>
        exemption.scorecardRef === scorecardRef &&
        exemption.ruleId === rule.key &&
        (exemption.state === 'requested' || exemption.state === 'approved'),
    );
}
