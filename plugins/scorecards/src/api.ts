import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ScorecardsApi } from '@waymark/plugin-scorecards-common';

/**
 * Scorecards, their outcomes and exemptions.
 *
 * @public
 */
export const scorecardsApiRef = createApiRef<ScorecardsApi>({
  id: 'plugin.scorecards.client',
});
