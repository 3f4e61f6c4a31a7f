import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { scorecardsPermissions } from '@waymark/plugin-scorecards-common';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { FactCollectorRegistry } from './collectors/FactCollectorRegistry';
import { migrate } from './database/migrate';

/**
 * Facts, rules, outcomes, history and reports of scorecards.
 *
 * @public
 */
export const scorecardsPlugin = createBackendPlugin({
  pluginId: 'scorecards',
  register(env) {
    const collectors = new FactCollectorRegistry();
    env.registerExtensionPoint(factCollectorsExtensionPoint, collectors);
    env.registerInit({
      deps: {
        database: coreServices.database,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ database, permissionsRegistry }) {
        await migrate(database);
        permissionsRegistry.addPermissions(scorecardsPermissions);
      },
    });
  },
});
