import {
  AuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { readDuration } from '../config/readDuration';
import { CatalogListener } from './CatalogListener';
import { CatalogSync } from './CatalogSync';
import { scheduleCatalogSync } from './scheduleCatalogSync';

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
  /** Called after each commit that made subjects due. */
  wake(): void;
}): Promise<CatalogSync> {
  const { config, scheduler } = options;
  const sync = new CatalogSync(options);
  await scheduleCatalogSync({
    every: readDuration(config, 'scorecards.catalog.every', { seconds: 10 }),
    scheduler,
    sync,
  });
  return sync;
}
