import { isExpired } from '@waymark/plugin-scorecards-node';
import { MAX_AHEAD_MS } from './factLimits';
import { SubjectVersion } from './lockVersions';

/**
 * A fact in the form in which it is stored.
 *
 * @internal
 */
export interface FactRow {
  subjectId: number;
  factId: number;
  version: number;
  /** JSON, with the keys of objects in order. */
  value: string;
  firstObservedAt: number;
  observedAt: number;
  source: string;
  collectorId: string | undefined;
}

/**
 * What an observation is, beside the one that is stored:
 *
 * - `superseded`: an earlier one
 * - `known`: the very same
 * - `confirmed`: the same value, seen again
 * - `attributed`: the same value, but said by somebody else after an outcome was
 *   decided by what the first one said, so that its evidence has to stay
 * - `changed`: something new to evaluate
 *
 * At the same time the one that comes later wins: a pipeline that runs again for
 * a commit corrects itself. One of a time that lies ahead was stored while a clock
 * was wrong, and gives way to any other.
 *
 * @internal
 */
export function compareFact(options: {
  stored: FactRow | undefined;
  seen: Omit<FactRow, 'version' | 'firstObservedAt'>;
  subject: SubjectVersion;
  /** After which the stored one is no data for some rule, in milliseconds. */
  maxAge: number | undefined;
  now: number;
}): 'superseded' | 'known' | 'confirmed' | 'attributed' | 'changed' {
  const { stored, seen, subject, maxAge, now } = options;
  if (!stored) {
    return 'changed';
  }
  if (stored.observedAt > now + MAX_AHEAD_MS) {
    return 'changed';
  }
  if (seen.observedAt < stored.observedAt) {
    return 'superseded';
  }
  const hadExpired = isExpired({
    observedAt: stored.observedAt,
    maxAge,
    // Whoever found it too old may have had a clock that was ahead
    now: Math.max(now, subject.transitionedAt),
  });
  if (seen.value !== stored.value || hadExpired) {
    return 'changed';
  }
  if (
    seen.source !== stored.source ||
    seen.collectorId !== stored.collectorId
  ) {
    return subject.referencedVersion >= stored.version
      ? 'attributed'
      : 'confirmed';
  }
  return seen.observedAt === stored.observedAt ? 'known' : 'confirmed';
}
