import { DeviationState } from '@waymark/plugin-golden-paths-common';
import { Decision } from './Decision';

/**
 * How a deviation stands. A decision is about the reason it was taken upon: whoever
 * gives another one asks anew.
 *
 * @param options - `reason`: as the repository declares it now
 * @internal
 */
export function stateOf(options: {
  reason?: string;
  last?: Decision;
  now: number;
}): DeviationState {
  const { reason, last, now } = options;
  if (reason === undefined) {
    return 'unjustified';
  }
  if (!last || last.reason !== reason) {
    return 'requested';
  }
  if (last.decision !== 'approve') {
    return 'denied';
  }
  return last.expiresAt !== undefined && last.expiresAt <= now
    ? 'expired'
    : 'approved';
}
