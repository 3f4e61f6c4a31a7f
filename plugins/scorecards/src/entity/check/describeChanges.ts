import type {
  EntityScorecard,
  EntityScorecards,
} from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { OUTCOMES } from '../../shared/outcomes';

function levelTitle({ levels, standing }: EntityScorecard): string {
  return levels.find(({ id }) => id === standing.level)?.title ?? 'no level';
}

function score({ standing }: EntityScorecard): string {
  return standing.score === undefined ? 'none' : formatNumber(standing.score);
}

function ofScorecard(
  before: EntityScorecard | undefined,
  after: EntityScorecard,
): string[] {
  if (!before) {
    return [`${after.title}: new, ${levelTitle(after)}`];
  }
  const changes: string[] = [];
  if (before.standing.level !== after.standing.level) {
    changes.push(
      `${after.title}: from ${levelTitle(before)} to ${levelTitle(after)}`,
    );
  } else if (score(before) !== score(after)) {
    changes.push(
      `${after.title}: score from ${score(before)} to ${score(after)}`,
    );
  }
  const outcomes = new Map(
    before.rules.map(({ ruleId, outcome }) => [ruleId, outcome]),
  );
  for (const { ruleId, title, outcome } of after.rules) {
    const earlier = outcomes.get(ruleId);
    if (earlier !== outcome) {
      changes.push(
        earlier
          ? `${title}: from “${OUTCOMES[earlier].label}” to “${OUTCOMES[outcome].label}”`
          : `${title}: new, “${OUTCOMES[outcome].label}”`,
      );
    }
  }
  return changes;
}

/** What is different now: levels first, then their rules, one sentence each. */
export function describeChanges(
  before: EntityScorecards,
  after: EntityScorecards,
): string[] {
  const refs = new Map(
    before.scorecards.map(scorecard => [scorecard.scorecardRef, scorecard]),
  );
  const kept = new Set(
    after.scorecards.map(({ scorecardRef }) => scorecardRef),
  );
  return [
    ...after.scorecards.flatMap(scorecard =>
      ofScorecard(refs.get(scorecard.scorecardRef), scorecard),
    ),
    ...before.scorecards
      .filter(({ scorecardRef }) => !kept.has(scorecardRef))
      .map(({ title }) => `${title}: not about this any more`),
  ];
}
