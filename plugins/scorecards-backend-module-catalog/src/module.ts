import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { CatalogCollector } from './CatalogCollector';
import { CatalogLookup } from './CatalogLookup';
import { MissingRefs } from './MissingRefs';

/**
 * Facts for scorecards from the catalog itself.
 *
 * @public
 */
export const scorecardsModuleCatalog = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'catalog',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        collectors: factCollectorsExtensionPoint,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ auth, catalog, collectors, lifecycle, logger }) {
        const lookup = new CatalogLookup({ auth, catalog });
        const missing = new MissingRefs({ logger, lookup });
        lifecycle.addShutdownHook(() => missing.stop());
        collectors.addCollectors(new CatalogCollector({ lookup, missing }));
      },
    });
  },
});
