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
 * To see reports and metrics of delivery, about the entities one may see.
 *
 * @public
 */
export const goldenPathsReportReadPermission = createPermission({
  name: 'golden-paths.report.read',
  attributes: { action: 'read' },
});

/**
 * To see events that match no entity.
 *
 * @public
 */
export const goldenPathsUnmatchedReadPermission = createPermission({
  name: 'golden-paths.unmatched.read',
  attributes: { action: 'read' },
});

/**
 * To decide whether a service may deviate from its golden path.
 *
 * @public
 */
export const goldenPathsDeviationDecidePermission = createPermission({
  name: 'golden-paths.deviation.decide',
  attributes: { action: 'update' },
});

/**
 * To ask the platform team for help.
 *
 * @public
 */
export const goldenPathsTicketCreatePermission = createPermission({
  name: 'golden-paths.ticket.create',
  attributes: { action: 'create' },
});

/**
 * To see what everybody asked the platform team, and to close it.
 *
 * @public
 */
export const goldenPathsTicketManagePermission = createPermission({
  name: 'golden-paths.ticket.manage',
  attributes: { action: 'update' },
});

/**
 * To import what happened before the portal was there, and to have all metrics
 * computed anew.
 *
 * @public
 */
export const goldenPathsHistoryManagePermission = createPermission({
  name: 'golden-paths.history.manage',
  attributes: { action: 'update' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const goldenPathsPermissions = [
  goldenPathsEventReadPermission,
  goldenPathsEventPushPermission,
  goldenPathsReportReadPermission,
  goldenPathsUnmatchedReadPermission,
  goldenPathsDeviationDecidePermission,
  goldenPathsTicketCreatePermission,
  goldenPathsTicketManagePermission,
  goldenPathsHistoryManagePermission,
];
