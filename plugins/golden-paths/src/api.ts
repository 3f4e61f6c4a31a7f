import { createApiRef } from '@backstage/frontend-plugin-api';
import type { GoldenPathsApi } from '@waymark/plugin-golden-paths-common';

/**
 * What happened to services, and what it says about delivery.
 *
 * @public
 */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>({
  id: 'plugin.golden-paths.client',
});
