import {
  AuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CatalogListener,
  CatalogSync,
  readDuration,
  scheduleCatalogSync,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { CATALOG_TABLES } from './catalogTables';
import { deleteEntities } from './deleteEntities';
import { writeEntities } from './writeEntities';

/** @internal */
export const CATALOG_SYNC_TASK = 'golden-paths:catalog-sync';

/**
 * What takes the catalog over, on its schedule.
 *
 * @internal
 */
export async function createCatalogSync(options: {
  auth: AuthService;
  catalog: CatalogService;
  clock: Clock;
  config: RootConfigService;
  database: Knex;
  listeners: CatalogListener[];
  logger: LoggerService;
  scheduler: SchedulerService;
  /** Called after each commit. */
  wake(): void;
}): Promise<CatalogSync> {
  const { config, scheduler } = options;
  const sync = new CatalogSync({
    ...options,
    projection: {
      tables: CATALOG_TABLES,
      write: writeEntities,
      remove: deleteEntities,
    },
  });
  await scheduleCatalogSync({
    every: readDuration(config, 'goldenPaths.catalog.every', { seconds: 10 }),
    id: CATALOG_SYNC_TASK,
    scheduler,
    sync,
  });
  return sync;
}
