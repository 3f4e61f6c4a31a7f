import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { GithubEventRouter } from '@backstage/plugin-events-backend-module-github';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import {
  createOpenApiRouter,
  EntityAccess,
  migrate,
} from '@waymark/backend-support';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import { goldenPathsPermissions } from '@waymark/plugin-golden-paths-common';
import { CATALOG_TABLES } from './catalog/catalogTables';
import { createCatalogSync } from './catalog/createCatalogSync';
import { clockServiceRef } from './clock/clockServiceRef';
import { readGoldenPathsConfig } from './config/GoldenPathsConfig';
import { createEvents } from './events/createEvents';
import { MatchingListener } from './matching/MatchingListener';
import { createReports } from './reports/createReports';
import { createPaths } from './paths/createPaths';
import { findRunsOf } from './scaffolderRuns/findRunsOf';
import { DatabaseEventIntake } from './store/DatabaseEventIntake';
import { createWebhookRouter } from './webhooks/createWebhookRouter';
import { DatabaseDeliveryStore } from './webhooks/DatabaseDeliveryStore';
import { DeliveryPublisher } from './webhooks/DeliveryPublisher';
import { readGithubSecrets } from './webhooks/readGithubSecrets';
import { scheduleDeliveryTasks } from './webhooks/scheduleDeliveryTasks';
import { createWorker } from './worker/createWorker';

const packageName = '@waymark/plugin-golden-paths-backend';

/**
 * Intake of what happens to services: webhooks and CDEvents.
 *
 * @public
 */
export const goldenPathsPlugin = createBackendPlugin({
  pluginId: 'golden-paths',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        ciCredentials: ciCredentialsServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        scmEvents: catalogScmEventsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({ config, database, events, httpRouter, ...deps }) {
        const { lifecycle, logger, scheduler } = deps;
        const settings = readGoldenPathsConfig(config);
        const client = await migrate(database, {
          packageName,
        });

        const worker = await createWorker({
          ...deps,
          config,
          findRuns: findRunsOf,
          knex: client,
          now: deps.clock,
        });
        const wake = () => worker.wake();
        const intake = new DatabaseEventIntake({
          knex: client,
          now: deps.clock,
          wake,
        });
        const access = new EntityAccess({
          ...deps,
          knex: client,
          tables: CATALOG_TABLES,
        });
        const paths = await createPaths({
          ...deps,
          access,
          config,
          events,
          intake,
          knex: client,
          wake,
        });

        await createCatalogSync({
          ...deps,
          config,
          database: client,
          listeners: [new MatchingListener(), paths.listener],
          wake,
        });

        // In place of the module for GitHub of the events backend, which would
        // also open an address that knows no replays
        await new GithubEventRouter({ events }).subscribe();

        const deliveries = DatabaseDeliveryStore.create({ database: client });
        const publisher = new DeliveryPublisher({
          events,
          logger,
          store: deliveries,
        });
        deps.rootLifecycle.addStartupHook(() => publisher.start());
        lifecycle.addShutdownHook(() => publisher.stop());
        await scheduleDeliveryTasks({
          publisher,
          retention: settings.webhooks.retention,
          scheduler,
          store: deliveries,
        });

        deps.permissionsRegistry.addPermissions(goldenPathsPermissions);
        httpRouter.use(
          createWebhookRouter({
            ...settings.webhooks,
            publisher,
            secrets: () => readGithubSecrets(config),
          }),
        );
        httpRouter.addAuthPolicy({
          path: '/webhooks/github',
          allow: 'unauthenticated',
        });
        httpRouter.use(createOpenApiRouter({ packageName }));
        httpRouter.use(paths.router);
        httpRouter.use(
          createEvents({
            ...deps,
            access,
            database: client,
            intake,
            settings,
          }),
        );
        for (const router of createReports({
          ...deps,
          access,
          config,
          knex: client,
          now: deps.clock,
        })) {
          httpRouter.use(router);
        }
      },
    });
  },
});
