import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogCollatorExtensionPoint } from '@backstage/plugin-search-backend-module-catalog';
import { PgSearchEngine } from '@backstage/plugin-search-backend-module-pg';
import {
  searchEngineRegistryExtensionPoint,
  searchIndexRegistryExtensionPoint,
} from '@backstage/plugin-search-backend-node/alpha';
import { ENTITIES } from './candidates/Candidates';
import { MemoryCandidates } from './candidates/MemoryCandidates';
import { PostgresCandidates } from './candidates/PostgresCandidates';
import { DocsPages } from './documents/DocsPages';
import { toCatalogDocument } from './documents/toCatalogDocument';
import { CatalogFollower } from './freshness/CatalogFollower';
import { Completeness } from './freshness/Completeness';
import { createRouter } from './freshness/createRouter';
import { RankedSearchEngine } from './RankedSearchEngine';

/**
 * The search engine of this portal: in PostgreSQL where that is the database, else
 * in memory.
 *
 * @public
 */
export const searchModuleRanking = createBackendModule({
  pluginId: 'search',
  moduleId: 'ranking',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        catalogDocuments: catalogCollatorExtensionPoint,
        config: coreServices.rootConfig,
        database: coreServices.database,
        engines: searchEngineRegistryExtensionPoint,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        indexes: searchIndexRegistryExtensionPoint,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { config, database, logger } = deps;
        const candidates = (await PgSearchEngine.supported(database))
          ? new PostgresCandidates(
              await PgSearchEngine.fromConfig(config, { database, logger }),
              await database.getClient(),
            )
          : new MemoryCandidates();

        const engine = new RankedSearchEngine(candidates);
        deps.engines.setSearchEngine(engine);
        deps.catalogDocuments.setEntityTransformer(toCatalogDocument);
        deps.indexes.addDecorator({ factory: DocsPages.factory() });
        const completeness = new Completeness({ ...deps, candidates });
        deps.http.use(createRouter({ ...deps, completeness }));

        const follower = new CatalogFollower({
          ...deps,
          indexingTakes: () => engine.indexingTakes(ENTITIES),
        });
        deps.lifecycle.addStartupHook(() => follower.start());
      },
    });
  },
});
