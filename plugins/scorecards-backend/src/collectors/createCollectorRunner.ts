import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { FactStore } from '../facts/FactStore';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { CollectorRunner } from './CollectorRunner';
import { readCollectorSettings } from './CollectorSettings';
import { DatabaseCollectorRunner } from './DatabaseCollectorRunner';
import { FactCollectorRegistry } from './FactCollectorRegistry';

/**
 * What runs the collectors that modules added, from when all of the backend has
 * started until it stops. It has to become a listener of the catalog.
 *
 * @throws InputError when a collector or its configuration is wrong
 * @internal
 */
export function createCollectorRunner(options: {
  clock: Clock;
  collectors: FactCollectorRegistry;
  config: RootConfigService;
  database: Knex;
  facts: FactStore;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: ScorecardMetrics;
  /** Called when something became due for evaluation. */
  wakeEvaluation(): void;
}): CollectorRunner {
  const { config, database, lifecycle, logger } = options;
  const runner = new DatabaseCollectorRunner({
    ...options,
    collectors: readCollectorSettings({
      collectors: options.collectors.list(),
      config,
      logger,
    }),
    knex: database,
  });
  lifecycle.addStartupHook(() => runner.start());
  lifecycle.addShutdownHook(() => runner.stop());
  return runner;
}
