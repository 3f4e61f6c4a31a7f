import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To see what happened to an entity: deployments, pipeline runs, incidents.
 *
 * @public
 */
export const goldenPathsEventReadPermission = createPermission({
  name: 'golden-paths.event.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To report by hand what happened to an entity. Pipelines need no permission
 * but a CI credential.
 *
 * @public
 */
export const goldenPathsEventPushPermission = createPermission({
  name: 'golden-paths.event.push',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const goldenPathsPermissions = [
  goldenPathsEventReadPermission,
  goldenPathsEventPushPermission,
];
