import type {
  EntityScorecard,
  Exemption,
  RuleResult,
} from '@waymark/plugin-scorecards-common';

/** A rule that passes, but for what is said otherwise. */
export function createRule(
  rule: Partial<RuleResult> & { ruleId: string },
): RuleResult {
  return {
    title: rule.ruleId,
    level: 'bronze',
    weight: 1,
    outcome: 'pass',
    since: '2026-11-01T08:00:00Z',
    counts: true,
    evidence: { expression: 'true', inputs: [] },
    ...rule,
  };
}

/** How something stands on “Readiness”, which has two levels. */
export function createStanding(
  standing: Partial<EntityScorecard>,
): EntityScorecard {
  return {
    scorecardRef: 'scorecard:default/readiness',
    title: 'Readiness',
    lifecycle: 'live',
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'silver', title: 'Silver' },
    ],
    standing: { throughExemption: false, since: '2026-11-01T08:00:00Z' },
    rules: [],
    nextSteps: undefined,
    ...standing,
  };
}

/** A request of yesterday, but for what is said otherwise. */
export function createExemption(exemption: Partial<Exemption>): Exemption {
  return {
    id: '1',
    entityRef: 'component:default/orders',
    scorecardRef: 'scorecard:default/readiness',
    ruleId: 'coverage',
    state: 'requested',
    reason: 'The tests move to another runner',
    requestedBy: 'user:default/joel.hartwig',
    requestedAt: '2026-11-20T08:00:00Z',
    expiresAt: '2099-01-31T22:59:59Z',
    ...exemption,
  };
}
