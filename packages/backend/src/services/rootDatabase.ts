import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';

const NAME = 'root';
// Bounds what a server that swallows everything can hold up
const CONNECT_TIMEOUT_MS = 5000;

/**
 * One connection to the PostgreSQL server of the plugins, beside theirs, for
 * what concerns the backend as a whole; undefined without such a server.
 *
 * Nothing connects before the first query.
 *
 * @internal
 */
export const rootDatabaseServiceRef = createServiceRef<Knex | undefined>({
  id: 'waymark.rootDatabase',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.rootLogger,
      },
      async factory({ config, lifecycle, logger }) {
        if (config.getOptionalString('backend.database.client') !== 'pg') {
          return undefined;
        }
        const manager = DatabaseManager.fromConfig(
          new ConfigReader({ backend: { database: settings(config) } }),
        );
        const knex = await manager
          .forPlugin(NAME, { logger, lifecycle })
          .getClient();
        lifecycle.addShutdownHook(() => knex.destroy());
        return knex;
      },
    }),
});

/** Those of the plugins, for one connection that makes nothing. */
function settings(config: RootConfigService): JsonObject {
  const shared = config.getConfig('backend.database').get<JsonObject>();
  // That of the plugins, when they share one and it is there already; else the
  // one that every server has
  const itsOwn =
    shared.pluginDivisionMode === 'schema' && shared.ensureExists === false;
  return {
    ...shared,
    ensureExists: false,
    ensureSchemaExists: false,
    knexConfig: {
      ...(shared.knexConfig as JsonObject | undefined),
      acquireConnectionTimeout: CONNECT_TIMEOUT_MS,
      pool: { min: 0, max: 2, createTimeoutMillis: CONNECT_TIMEOUT_MS },
    },
    plugin: {
      [NAME]: {
        connection: {
          application_name: 'waymark_root',
          ...(itsOwn ? {} : { database: 'postgres' }),
        },
      },
    },
  };
}
