import { RuleOutcome } from '@waymark/plugin-scorecards-common';

/**
 * What a rule has to do with level and score.
 *
 * @internal
 */
export interface CountingRule {
  /** 1 is the lowest, 0 is none: it counts for the score only. */
  level: number;
  weight: number;
  /** In milliseconds since 1970; before it the outcome does not count. */
  effectiveFrom?: number;
}

/**
 * Where an entity stands on a scorecard.
 *
 * @internal
 */
export interface ComputedStanding {
  /** 0 is no level, 1 the lowest. */
  level: number;
  /** The level would not be reached without an exemption. */
  throughExemption: boolean;
  /** 0 to 100 with two decimals; absent when there is nothing to divide by. */
  score?: number;
}

/**
 * Whether the outcome of a rule counts for level and score yet.
 *
 * @internal
 */
export function counts(
  rule: Pick<CountingRule, 'effectiveFrom'>,
  now: number,
): boolean {
  return rule.effectiveFrom === undefined || rule.effectiveFrom <= now;
}

function isBlocking(outcome: RuleOutcome): boolean {
  return outcome === 'fail' || outcome === 'noData' || outcome === 'error';
}

/**
 * The lowest level, above none, that some rule stands in the way of;
 * `Infinity` when there is none.
 */
function lowestBlockedLevel(
  rules: readonly CountingRule[],
  outcomes: readonly RuleOutcome[],
  now: number,
): number {
  let lowest = Infinity;
  for (let i = 0; i < rules.length; i++) {
    const { level } = rules[i];
    if (
      level > 0 &&
      level < lowest &&
      isBlocking(outcomes[i]) &&
      counts(rules[i], now)
    ) {
      lowest = level;
    }
  }
  return lowest;
}

/**
 * Level and score of an entity.
 *
 * The level is the highest one whose rules, and those of every lower level, do
 * not stand in the way, and of which at least one rule applies: a level none of
 * whose rules applies is not awarded by itself, yet does not keep anybody from
 * the next one.
 *
 * The score is 100 × the weight of what passed ÷ the weight of what passed,
 * failed, had no data or an error.
 *
 * @param options - `outcomes`: in the order of `rules`
 * @internal
 */
export function computeStanding(options: {
  rules: readonly CountingRule[];
  outcomes: readonly RuleOutcome[];
  now: number;
}): ComputedStanding {
  const { rules, outcomes, now } = options;
  const blocked = lowestBlockedLevel(rules, outcomes, now);
  let level = 0;
  let lowestExempt = Infinity;
  let passed = 0;
  let total = 0;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i];
    const outcome = outcomes[i];
    if (outcome === 'notApplicable' || !counts(rule, now)) {
      continue;
    }
    if (rule.level > level && rule.level < blocked) {
      level = rule.level;
    }
    if (outcome !== 'exempt') {
      total += rule.weight;
      passed += outcome === 'pass' ? rule.weight : 0;
    } else if (rule.level > 0 && rule.level < lowestExempt) {
      lowestExempt = rule.level;
    }
  }
  return {
    level,
    // Without the exemption that rule would stand in the way of its own level
    throughExemption: lowestExempt <= level,
    score: total > 0 ? Math.round((10_000 * passed) / total) / 100 : undefined,
  };
}

/**
 * The rules that stand between an entity and the next level, heaviest first:
 * those that keep it from the lowest level that it does not get past.
 *
 * @param options - `outcomes`: in the order of `rules`
 * @returns `rules`: indexes; `undefined` when nothing is in the way
 * @internal
 */
export function nextSteps(options: {
  rules: readonly CountingRule[];
  outcomes: readonly RuleOutcome[];
  now: number;
}): { level: number; rules: number[] } | undefined {
  const { rules, outcomes, now } = options;
  const level = lowestBlockedLevel(rules, outcomes, now);
  if (level === Infinity) {
    return undefined;
  }
  const blocking = rules.flatMap((rule, i) =>
    rule.level === level && isBlocking(outcomes[i]) && counts(rule, now)
      ? [i]
      : [],
  );
  // The sort is stable: rules of one weight stay in the order of the file
  blocking.sort((a, b) => rules[b].weight - rules[a].weight);
  return { level, rules: blocking };
}
