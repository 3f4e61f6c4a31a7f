import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scorecardsPermissions } from '@waymark/plugin-scorecards-common';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { CatalogSync } from './catalog/CatalogSync';
import { scheduleCatalogSync } from './catalog/scheduleCatalogSync';
import { clockServiceRef } from './clock/clockServiceRef';
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
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        database: coreServices.database,
        logger: coreServices.logger,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init({ permissionsRegistry, scheduler, ...services }) {
        const database = await migrate(services.database);
        const deps = { ...services, database };
        permissionsRegistry.addPermissions(scorecardsPermissions);

        const sync = new CatalogSync({ ...deps, wake: () => {} });
        await scheduleCatalogSync({ every: { seconds: 10 }, scheduler, sync });
      },
    });
  },
});
