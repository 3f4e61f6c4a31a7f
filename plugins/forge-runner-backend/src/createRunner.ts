import { mkdir } from 'node:fs/promises';
import {
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { Knex } from 'knex';
import { RunnerConfig } from './config/RunnerConfig';
import { EntityAccess } from './http/EntityAccess';
import { endLeftovers } from './processes/endLeftovers';
import { detectIsolation } from './processes/Isolation';
import { ownerMark } from './processes/Mark';
import { ProcessLauncher } from './processes/ProcessLauncher';
import { createProcessTable } from './processes/ProcessTable';
import { Watchdog } from './processes/Watchdog';
import { Outbox } from './reports/Outbox';
import { PipelineReporter } from './reports/PipelineReporter';
import { EntityFinder } from './repositories/EntityFinder';
import { ForgeClient } from './repositories/ForgeClient';
import { PushWatcher } from './repositories/PushWatcher';
import { RepositoryStore } from './repositories/RepositoryStore';
import { Housekeeping } from './runs/Housekeeping';
import { Layout } from './runs/Layout';
import { PipelineCredentials } from './runs/PipelineCredentials';
import { PipelineExecution } from './runs/PipelineExecution';
import { Pipelines } from './runs/Pipelines';
import { RunQueue } from './runs/RunQueue';
import { RunStore } from './runs/RunStore';
import { Services } from './services/Services';

/**
 * Puts the parts of the runner together.
 *
 * @internal
 */
export async function createRunner(deps: {
  auth: AuthService;
  catalog: CatalogService;
  ciCredentials: CiCredentialsService;
  config: RunnerConfig;
  discovery: DiscoveryService;
  knex: Knex;
  logger: LoggerService;
  permissions: PermissionsService;
}) {
  const { config, knex, logger } = deps;
  await mkdir(config.directory, { recursive: true, mode: 0o700 });
  const table = createProcessTable();
  const owner = ownerMark(config.directory);
  const left = await endLeftovers({ owner, table });
  if (left > 0) {
    logger.info(`Ended ${left} processes that an earlier portal left behind`);
  }

  const isolation = await detectIsolation(owner);
  logger.info(
    `Processes of pipelines: ${isolation.processes}, control groups: ${
      isolation.groups ? 'yes' : 'no'
    }. ${isolation.notEnforced.join(' ')}`,
  );
  const watchdog = new Watchdog({ owner });
  const launcher = new ProcessLauncher({
    isolation,
    limits: { stage: config.stageLimits, service: config.serviceLimits },
    owner,
    table,
    watchdog,
  });
  const layout = new Layout(config);
  const repositories = new RepositoryStore({ knex });
  const runs = new RunStore({ knex });
  const forge = new ForgeClient(deps);
  const entities = new EntityFinder({ ...deps, forge, repositories });
  const outbox = new Outbox({
    ...deps,
    entityOf: id => entities.entityOf(id),
  });
  const reporter = new PipelineReporter({ ...deps, outbox, repositories });
  const parts = { layout, launcher, logger, reporter, repositories, runs };
  const services = new Services({
    ...parts,
    maxLogBytes: config.maxLogBytes,
    readyTimeoutMs: config.readyTimeoutMs,
    restarts: config.restarts,
  });
  const credentials = new PipelineCredentials(deps);
  const housekeeping = new Housekeeping({
    ...config,
    ...parts,
    maxCacheBytes: config.stageLimits.diskBytes,
  });
  const execution = new PipelineExecution({
    ...deps,
    ...parts,
    credentials,
    entities,
    forge,
    maxLogBytes: config.maxLogBytes,
    osvUrl: config.osvUrl,
    services,
  });
  const queue = new RunQueue({
    ...parts,
    concurrency: config.concurrency,
    execution,
    housekeeping,
  });
  const watcher = new PushWatcher({
    forge,
    logger,
    queue,
    repositories,
    async onRemoved(repository) {
      logger.info(`The repository ${repository.name} is gone`);
      await queue.remove(repository.id);
      await services.remove(repository.id);
      await housekeeping.clear(repository.id);
      await credentials.revoke(repository);
    },
  });

  return {
    access: new EntityAccess(deps),
    pipelines: new Pipelines({
      entities,
      forge,
      isolation,
      layout,
      queue,
      repositories,
      runs,
      services,
    }),
    watcher,
    /** Goes on with what there is. */
    async start(): Promise<void> {
      await housekeeping.sweep();
      await services.resume();
      await queue.start();
      outbox.wake();
    },
    /** Ends everything that runs. */
    async stop(): Promise<void> {
      await queue.stop();
      await services.shutDown();
      await outbox.stop();
      watchdog.stop();
    },
  };
}
