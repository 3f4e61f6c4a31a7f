import type {
  EntityScorecard,
  RuleResult,
} from '@waymark/plugin-scorecards-common';

/** Rules that stand together. */
export interface RuleGroup {
  id: string;
  title: string;
  rules: RuleResult[];
}

/** Outcomes that do not stand in the way of a level. */
const MET = ['pass', 'exempt', 'notApplicable'];

/**
 * The rules of a scorecard: what stands between the entity and its next level, and
 * then all others, level by level. Each of them once.
 */
export function groupRules(scorecard: EntityScorecard): {
  next?: RuleGroup;
  levels: (RuleGroup & { met: number; total: number })[];
} {
  const { levels, rules, nextSteps } = scorecard;
  const steps = new Map(
    nextSteps?.ruleIds.map((ruleId, index) => [ruleId, index]),
  );
  const nextTitle = levels.find(({ id }) => id === nextSteps?.level)?.title;
  const count = steps.size === 1 ? '1 step' : `${steps.size} steps`;
  return {
    next: nextSteps && {
      id: 'next',
      title: `Next: ${nextTitle ?? nextSteps.level} – ${count}`,
      rules: rules
        .filter(({ ruleId }) => steps.has(ruleId))
        .sort(
          (a, b) => (steps.get(a.ruleId) ?? 0) - (steps.get(b.ruleId) ?? 0),
        ),
    },
    levels: [...levels, { id: undefined, title: 'For the score only' }]
      .map(({ id, title }) => {
        const all = rules.filter(({ level }) => level === id);
        return {
          id: id === undefined ? 'score' : `level-${id}`,
          title,
          total: all.length,
          met: all.filter(({ outcome }) => MET.includes(outcome)).length,
          rules: all.filter(({ ruleId }) => !steps.has(ruleId)),
        };
      })
      .filter(({ rules: shown }) => shown.length > 0),
  };
}
