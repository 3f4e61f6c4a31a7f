import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { EntityAccess } from '@waymark/backend-support';
import { scorecardsScorecardReadPermission } from '@waymark/plugin-scorecards-common';

/**
 * What a caller may see and do.
 *
 * @internal
 */
export class ScorecardAccess extends EntityAccess {
  /**
   * Needed for whatever says something about scorecards.
   *
   * @throws NotAllowedError
   */
  requireScorecards(credentials: BackstageCredentials): Promise<void> {
    return this.requirePermission(
      credentials,
      scorecardsScorecardReadPermission,
    );
  }
}
