import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To run the pipeline of a component, to cancel a run, and to stop, restart or
 * roll back its running service. Looking follows `catalog.entity.read`.
 *
 * @public
 */
export const forgeRunnerPipelineOperatePermission = createPermission({
  name: 'forge-runner.pipeline.operate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const forgeRunnerPermissions = [forgeRunnerPipelineOperatePermission];
