import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To see the credentials that may speak for an entity. A credential is seen by
 * whoever has this for one of its entities.
 *
 * @public
 */
export const ciCredentialReadPermission = createPermission({
  name: 'ci-credentials.credential.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To make a credential that may speak for an entity. Needed for each of the
 * credential's entities.
 *
 * @public
 */
export const ciCredentialCreatePermission = createPermission({
  name: 'ci-credentials.credential.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To end a credential that may speak for an entity. Needed for each of the
 * credential's entities: nobody cuts off the pipelines of others.
 *
 * @public
 */
export const ciCredentialRevokePermission = createPermission({
  name: 'ci-credentials.credential.revoke',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of this plugin.
 *
 * @public
 */
export const ciCredentialsPermissions = [
  ciCredentialReadPermission,
  ciCredentialCreatePermission,
  ciCredentialRevokePermission,
];
