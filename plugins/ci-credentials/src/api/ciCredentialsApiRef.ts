import { createApiRef } from '@backstage/frontend-plugin-api';
import type { CiCredentialsApi } from '@waymark/plugin-ci-credentials-common';

/**
 * Reference of the client of the CI credentials backend.
 *
 * @public
 */
export const ciCredentialsApiRef = createApiRef<CiCredentialsApi>().with({
  id: 'plugin.ci-credentials.client',
  pluginId: 'ci-credentials',
});
