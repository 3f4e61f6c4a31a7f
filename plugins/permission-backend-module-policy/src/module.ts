import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CatalogGroups } from './members/CatalogGroups';
import { RoleMembers } from './members/RoleMembers';
import { readPolicy } from './policy/readPolicy';
import { RolePermissionPolicy } from './policy/RolePermissionPolicy';

/**
 * Sets the policy of the permission backend: the default of this package,
 * changed by `permission.policy` of the configuration.
 *
 * @public
 */
export const permissionModulePolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'policy',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policies: policyExtensionPoint,
      },
      async init({ auth, catalog, config, logger, policies }) {
        const policy = await readPolicy({ config });
        const groups = new CatalogGroups({
          auth,
          catalog,
          logger,
          expected: Object.values(policy.members)
            .flat()
            .filter(member => member.startsWith('group:')),
        });
        policies.setPolicy(
          new RolePermissionPolicy({
            policy,
            members: new RoleMembers({
              members: policy.members,
              groups,
            }),
            logger,
          }),
        );
      },
    });
  },
});
