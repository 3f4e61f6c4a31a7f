import { parseFilterPredicate } from '@backstage/filter-predicates';
import { SCORECARD_LIMITS } from '@waymark/plugin-scorecards-common';

const MAX_DEPTH = 20;

function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit === 0) {
    return 0;
  }
  return (
    1 +
    Object.values(value).reduce<number>(
      (depth, child) => Math.max(depth, depthOf(child, limit - 1)),
      0,
    )
  );
}

/**
 * What is wrong with the predicate of a scorecard or of a rule.
 *
 * @internal
 */
export function predicateReason(predicate: object): string | undefined {
  // First, so that what follows does not go too deep
  if (depthOf(predicate, MAX_DEPTH + 1) > MAX_DEPTH) {
    return `is nested more than ${MAX_DEPTH} levels deep`;
  }
  if (JSON.stringify(predicate).length > SCORECARD_LIMITS.predicateLength) {
    return `has more than ${SCORECARD_LIMITS.predicateLength} characters`;
  }
  if (Object.keys(predicate).length === 0) {
    return 'must not be empty; for all entities, say { kind: { $exists: true } }';
  }
  try {
    parseFilterPredicate(predicate);
    return undefined;
  } catch {
    return 'is not a filter predicate: fields with a value, $in, $exists, $contains or $hasPrefix, combined with $all, $any and $not';
  }
}
