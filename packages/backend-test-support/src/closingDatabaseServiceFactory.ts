import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';

/**
 * The databases of the config, closed when the backend stops. The stock factory
 * leaves them open: a process ends anyway, but a test runner waits for what is
 * open, and at last kills its worker.
 *
 * @internal
 */
export const closingDatabaseServiceFactory = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, rootLifecycle, rootLogger }) {
    const open = new Set<Knex>();
    // Of the root: plugins have stopped by then
    rootLifecycle.addShutdownHook(async () => {
      await Promise.all([...open].map(knex => knex.destroy()));
    });
    const settings = config.has('backend.database')
      ? config
      : new ConfigReader({
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
        });
    return {
      open,
      manager: DatabaseManager.fromConfig(settings, {
        rootLifecycle,
        rootLogger,
      }),
    };
  },
  async factory({ pluginMetadata, lifecycle, logger }, { manager, open }) {
    const { getClient, migrations } = manager.forPlugin(
      pluginMetadata.getId(),
      { lifecycle, logger },
    );
    return {
      migrations,
      async getClient() {
        const knex = await getClient();
        open.add(knex);
        return knex;
      },
    };
  },
});
