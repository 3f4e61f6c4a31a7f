import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ForgeRunnerApi } from '@waymark/plugin-forge-runner-common';

/**
 * Pipelines and running services of the embedded forge.
 *
 * @public
 */
export const forgeRunnerApiRef = createApiRef<ForgeRunnerApi>({
  id: 'plugin.forge-runner.client',
});
