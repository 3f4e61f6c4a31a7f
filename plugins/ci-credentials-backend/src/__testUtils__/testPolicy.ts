import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionFactory,
  createPermissionRule,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { z } from 'zod/v3';

const nameBeginsWith = createPermissionRule({
  name: 'NAME_BEGINS_WITH',
  description: 'A rule of some plugin, which nobody else knows',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({ prefix: z.string() }),
  apply: (entity, { prefix }) => entity.metadata.name.startsWith(prefix),
  toQuery: () => ({ key: 'metadata.name' }),
});
const nameBeginsWithCondition = createConditionFactory(nameBeginsWith);

/** The rule in the catalog. */
export const testRule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-rule',
  register(env) {
    env.registerInit({
      deps: { permissions: coreServices.permissionsRegistry },
      async init({ permissions }) {
        permissions.addPermissionRules([nameBeginsWith]);
      },
    });
  },
});

function decide(request: PolicyQuery, user?: PolicyQueryUser): PolicyDecision {
  const { permission } = request;
  const { name } = parseEntityRef(user?.info.userEntityRef ?? 'user:none');
  const owned = catalogConditions.isEntityOwner({
    claims: user?.info.ownershipEntityRefs ?? [],
  });
  if (!isResourcePermission(permission, 'catalog-entity')) {
    return { result: AuthorizeResult.ALLOW };
  }
  const isCredential = permission.name.startsWith('ci-credentials.');
  switch (name) {
    case 'platform':
      return { result: AuthorizeResult.ALLOW };
    case 'stranger':
      return {
        result: isCredential ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      };
    case 'auditor':
      return {
        result:
          !isCredential || permission.attributes.action === 'read'
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      };
    case 'lister':
      return isCredential
        ? createCatalogConditionalDecision(
            permission,
            nameBeginsWithCondition({ prefix: 'led' }),
          )
        : { result: AuthorizeResult.ALLOW };
    case 'shut-in':
      // Sees nothing in the catalog but what is their own
      return createCatalogConditionalDecision(permission, owned);
    default:
      return isCredential
        ? createCatalogConditionalDecision(permission, {
            anyOf: [
              owned,
              {
                allOf: [
                  catalogConditions.hasSpec({ key: 'type', value: 'nothing' }),
                  { not: catalogConditions.isEntityKind({ kinds: ['API'] }) },
                ],
              },
            ],
          })
        : { result: AuthorizeResult.ALLOW };
  }
}

/** People do what they please with what they own; some do more, some less. */
export const testPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'test-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          handle: async (request, user) => decide(request, user),
        });
      },
    });
  },
});
