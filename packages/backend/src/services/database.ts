import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { rootDatabaseServiceRef } from './rootDatabase';
import { StartupTurn } from './StartupTurn';

const PATIENCE_MS = 120_000;

/**
 * The databases of the plugins as Backstage has them. On PostgreSQL, where
 * several replicas may share them, they are handed out to one starting replica
 * at a time.
 *
 * @internal
 */
export const database = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootDatabase: rootDatabaseServiceRef,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext(deps) {
    const { config, rootDatabase, rootLifecycle, rootLogger } = deps;
    if (rootDatabase) {
      const stopping = new AbortController();
      rootLifecycle.addShutdownHook(() => stopping.abort());
      const turn = await StartupTurn.take({
        knex: rootDatabase,
        logger: rootLogger.child({ service: 'database' }),
        patienceMs: PATIENCE_MS,
        signal: stopping.signal,
      });
      rootLifecycle.addStartupHook(() => turn.release());
    }
    return DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger });
  },
  async factory({ pluginMetadata, lifecycle, logger }, manager) {
    return manager.forPlugin(pluginMetadata.getId(), { lifecycle, logger });
  },
});
