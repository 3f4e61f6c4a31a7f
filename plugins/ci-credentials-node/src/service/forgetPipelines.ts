import { recentPipelines } from './RecentPipelines';
import { verifiedTokens } from './VerifiedTokens';

/**
 * For the CI credentials backend: whatever this process remembers of pipelines is
 * asked for again, so that what was revoked here is refused from the next request on.
 *
 * @public
 */
export function forgetPipelines(): void {
  verifiedTokens.clear();
  recentPipelines.clear();
}
