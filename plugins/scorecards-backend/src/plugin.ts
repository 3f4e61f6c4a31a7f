import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { createOpenApiRouter, migrate } from '@waymark/backend-support';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import { scorecardsPermissions } from '@waymark/plugin-scorecards-common';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { registerActions } from './actions/registerActions';
import { createBadges } from './badges/createBadges';
import { createCatalogSync } from './catalog/createCatalogSync';
import { SUBJECT_TABLES } from './catalog/subjectTables';
import { clockServiceRef } from './clock/clockServiceRef';
import { createCollectorRunner } from './collectors/createCollectorRunner';
import { createEvaluationsRouter } from './collectors/createEvaluationsRouter';
import { FactCollectorRegistry } from './collectors/FactCollectorRegistry';
import { createEvaluation } from './evaluation/createEvaluation';
import { createExemptions } from './exemptions/createExemptions';
import { createFacts } from './facts/createFacts';
import { DatabaseFactStore } from './facts/DatabaseFactStore';
import { ScorecardMetrics } from './metrics/ScorecardMetrics';
import { createNotifications } from './notifications/createNotifications';
import { NotificationGateway } from './notifications/NotificationGateway';
import { ReadableScorecards } from './permissions/ReadableScorecards';
import { ScorecardAccess } from './permissions/ScorecardAccess';
import { createPreviews } from './previews/createPreviews';
import { createReportsRouter } from './reports/createReportsRouter';
import { createResults } from './results/createResults';
import { WorkerRuleEvaluator } from './rules/WorkerRuleEvaluator';
import { DatabaseScorecardRegistry } from './scorecards/DatabaseScorecardRegistry';
import { ScorecardSync } from './scorecards/ScorecardSync';

const packageName = '@waymark/plugin-scorecards-backend';

/**
 * Facts, rules, outcomes, history and reports of scorecards.
 *
 * @public
 */
export const scorecardsPlugin = createBackendPlugin({
  pluginId: 'scorecards',
  register(env) {
    const collectors = new FactCollectorRegistry();
    env.registerExtensionPoint(factCollectorsExtensionPoint, collectors);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        ciCredentials: ciCredentialsServiceRef,
        clock: clockServiceRef,
        database: coreServices.database,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metricsService: metricsServiceRef,
        notificationsService: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init({ httpRouter, permissionsRegistry, scheduler, ...services }) {
        const { clock: now, metricsService } = services;
        const database = await migrate(services.database, { packageName });
        const metrics = new ScorecardMetrics({
          metrics: metricsService,
          collectorIds: () => collectors.list().map(({ id }) => id),
        });
        const access = new ScorecardAccess({
          ...services,
          knex: database,
          tables: SUBJECT_TABLES,
        });
        const registry = new DatabaseScorecardRegistry();
        const knex = database;
        const readable = new ReadableScorecards({ access, knex, registry });
        const own = { access, database, knex, metrics, now, readable };
        const deps = { ...services, ...own, scheduler };
        permissionsRegistry.addPermissions(scorecardsPermissions);

        const rules = new WorkerRuleEvaluator(deps);
        const queue = await createEvaluation({ ...deps, registry, rules });
        const wake = () => queue.wake();

        const store = DatabaseFactStore.create({ ...deps, wake });
        const runner = createCollectorRunner({
          ...deps,
          collectors,
          facts: store,
          wakeEvaluation: wake,
        });
        const sync = await createCatalogSync({
          ...deps,
          listeners: [new ScorecardSync(deps), runner],
          wake: () => {
            queue.wake();
            runner.wake();
          },
        });

        const gateway = new NotificationGateway({
          ...deps,
          notifications: services.notificationsService,
        });
        const notifications = await createNotifications({ ...deps, gateway });
        const exemptions = await createExemptions({
          ...deps,
          gateway,
          queue,
        });
        const results = createResults({ ...deps, collectors });
        registerActions(deps);
        httpRouter.use(createOpenApiRouter({ packageName }));
        httpRouter.use(
          createFacts({ ...deps, store, refresh: refs => sync.refresh(refs) }),
        );
        httpRouter.use(exemptions);
        httpRouter.use(notifications);
        httpRouter.use(createPreviews(deps));
        results.routers.forEach(router => httpRouter.use(router));
        httpRouter.use(
          createEvaluationsRouter({
            ...deps,
            queue,
            reader: results.reader,
            refresh: refs => sync.refresh(refs),
            runner,
          }),
        );
        httpRouter.use(createReportsRouter(deps));
        createBadges({ ...deps, httpRouter, registry });
      },
    });
  },
});
