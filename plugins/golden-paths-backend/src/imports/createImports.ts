import {
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { InputError, stringifyError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import { Knex } from 'knex';
import { EventIntake } from '../events/EventIntake';
import { createImportsRouter } from './createImportsRouter';
import { CsvImport } from './csv/CsvImport';
import { findRepositories } from './github/findRepositories';
import { GithubApi } from './github/GithubApi';
import { GithubImport, GithubPlan } from './github/GithubImport';
import { ImportStore } from './ImportStore';

/**
 * Import of what happened before the portal was there.
 *
 * @internal
 */
export async function createImports(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: Knex;
  httpAuth: HttpAuthService;
  intake: EventIntake;
  logger: LoggerService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
}): Promise<express.Router> {
  const { config, intake, logger, scheduler } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const store = new ImportStore(options);
  const github = new GithubImport({
    api: new GithubApi({ integrations }),
    intake,
    logger,
    store,
  });

  await scheduler.scheduleTask({
    id: 'golden-paths:import-history',
    frequency: { seconds: 20 },
    initialDelay: { seconds: 5 },
    timeout: { hours: 1 },
    // Whoever has begun an import goes on with it; imports are claimed one by one
    scope: 'local',
    fn: async signal => {
      await store.sweep(Date.now());
      await github.run(signal);
    },
  });

  return createImportsRouter({
    ...options,
    csv: new CsvImport({ intake }),
    store,
    async beginGithub({ months, observed, repositories: names, startedBy }) {
      const repositories = await findRepositories({
        ...options,
        integrations,
        names,
      });
      if (repositories.length === 0) {
        throw new InputError(
          'repositories: the catalog knows no repository on GitHub; name some',
        );
      }
      const since = new Date();
      since.setUTCMonth(since.getUTCMonth() - months);
      const plan: GithubPlan = {
        repositories,
        page: 1,
        since: since.getTime(),
        failures: 0,
      };
      const id = await store.begin({
        kind: 'github',
        startedBy,
        observed,
        plan,
        nextStepAt: Date.now(),
      });
      github.run().catch(error => {
        logger.warn(`An import goes on later: ${stringifyError(error)}`);
      });
      return id;
    },
  });
}
