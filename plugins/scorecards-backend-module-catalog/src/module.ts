import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { CatalogCollector } from './CatalogCollector';
import { CatalogLookup } from './CatalogLookup';

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
      },
      async init({ auth, catalog, collectors }) {
        const lookup = new CatalogLookup({ auth, catalog });
        collectors.addCollectors(new CatalogCollector({ lookup }));
      },
    });
  },
});
