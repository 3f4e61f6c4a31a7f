import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import {
  createOpenApiRouter,
  EntityAccess,
  migrate,
} from '@waymark/backend-support';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import { goldenPathsPermissions } from '@waymark/plugin-golden-paths-common';
import { registerActions } from './actions/registerActions';
import { CATALOG_TABLES } from './catalog/catalogTables';
import { createCatalogSync } from './catalog/createCatalogSync';
import { clockServiceRef } from './clock/clockServiceRef';
import { readGoldenPathsConfig } from './config/GoldenPathsConfig';
import { createEvents } from './events/createEvents';
import { createFactsRouter } from './facts/createFactsRouter';
import { DeliveryNews } from './facts/DeliveryNews';
import { createImports } from './imports/createImports';
import { MatchingListener } from './matching/MatchingListener';
import { DeliveryMetrics } from './metrics/DeliveryMetrics';
import { MeasuredIntake } from './metrics/MeasuredIntake';
import { createReports } from './reports/createReports';
import { createPaths } from './paths/createPaths';
import { findRunsOf } from './scaffolderRuns/findRunsOf';
import { GroupListener } from './rollups/GroupListener';
import { DatabaseEventIntake } from './store/DatabaseEventIntake';
import { createTickets } from './tickets/createTickets';
import { createWebhooks } from './webhooks/createWebhooks';
import { createRebuildRouter } from './worker/createRebuildRouter';
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
        actionsRegistry: actionsRegistryServiceRef,
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
        metricsService: metricsServiceRef,
        notifications: notificationService,
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
        const settings = readGoldenPathsConfig(config);
        const client = await migrate(database, {
          packageName,
        });

        const news = new DeliveryNews({ ...deps, events, knex: client });
        const worker = await createWorker({
          ...deps,
          config,
          findRuns: findRunsOf,
          knex: client,
          now: deps.clock,
          onDerived: entityIds => news.tell(entityIds),
        });
        const wake = () => worker.wake();
        const metrics = new DeliveryMetrics({ metrics: deps.metricsService });
        metrics.observeQueue(client);
        const intake = new MeasuredIntake({
          intake: new DatabaseEventIntake({
            knex: client,
            now: deps.clock,
            wake,
          }),
          metrics,
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
          listeners: [
            new MatchingListener(),
            new GroupListener(),
            paths.listener,
          ],
          wake,
        });

        deps.permissionsRegistry.addPermissions(goldenPathsPermissions);
        registerActions(deps);
        const own = {
          ...deps,
          access,
          config,
          database: client,
          intake,
          settings,
        };
        const tickets = await createTickets(own);
        await createWebhooks({
          ...own,
          ...tickets,
          events,
          httpRouter,
          settings: settings.webhooks,
        });
        httpRouter.use(createOpenApiRouter({ packageName }));
        httpRouter.use(paths.router);
        httpRouter.use(createFactsRouter({ ...deps, knex: client }));
        httpRouter.use(tickets.router);
        httpRouter.use(await createImports(own));
        httpRouter.use(createRebuildRouter({ ...deps, knex: client, wake }));
        httpRouter.use(createEvents(own));
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
