import {
  coreServices,
  createBackendModule,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { ciCredentialsServiceRef } from '@waymark/plugin-ci-credentials-node';
import { createCheckAction } from './actions/createCheckAction';
import { createDeliverAction } from './actions/createDeliverAction';
import { createIngestAction } from './actions/createIngestAction';
import { createLocateAction } from './actions/createLocateAction';
import { createProposeAction } from './actions/createProposeAction';
import { createPublishAction } from './actions/createPublishAction';
import { createRenderAction } from './actions/createRenderAction';
import { createUpgradeAction } from './actions/createUpgradeAction';
import { GoldenPathChecks } from './checks/GoldenPathChecks';
import { readGoldenPathConfig } from './config/GoldenPathConfig';
import { CredentialRenewal } from './credentials/CredentialRenewal';
import { PipelineCredentials } from './credentials/PipelineCredentials';
import { scheduleRenewal } from './credentials/scheduleRenewal';
import { DatabaseDeliveryStore } from './deliver/DatabaseDeliveryStore';
import { Deliverer } from './deliver/Deliverer';
import { DeliveryUndoer } from './deliver/DeliveryUndoer';
import { GitopsPlace } from './deliver/GitopsPlace';
import { DeliveredService, isDelivered } from './deliver/isDelivered';
import { Turns } from './deliver/Turns';
import { RepositoryHosts } from './hosts/RepositoryHosts';
import { ComponentSources } from './propose/ComponentSources';
import { ProposalTargets } from './propose/ProposalTargets';
import { ProposalStore } from './propose/ProposalStore';
import { Proposer } from './propose/Proposer';
import { Publisher } from './publish/Publisher';
import { PathRenderer } from './render/PathRenderer';
import { TemplateSources } from './render/TemplateSources';
import { DatabaseRunStore } from './runs/DatabaseRunStore';
import { OverlookedRuns } from './runs/OverlookedRuns';
import { RunTimes } from './runs/RunTimes';
import { RunUndoer } from './runs/RunUndoer';
import { scheduleHandOver } from './runs/scheduleHandOver';
import { createOverviewRouter } from './service/createOverviewRouter';
import { createRouter } from './service/createRouter';
import { createUpgradesRouter } from './service/createUpgradesRouter';
import { createVersionsRouter } from './service/createVersionsRouter';
import { removeOldTemporary } from './temporary/withTemporary';
import { StepInputs } from './upgrade/StepInputs';
import { UpgradePreviews } from './upgrade/UpgradePreviews';
import { Upgrader } from './upgrade/Upgrader';
import { UpgradeRenderer } from './upgrade/UpgradeRenderer';
import { Upgrades } from './upgrade/Upgrades';
import { UpgradeStarter } from './upgrade/UpgradeStarter';
import { UpgradeStore } from './upgrade/UpgradeStore';
import { PathVersions } from './versions/PathVersions';

/**
 * Adds the actions `golden-path:check`, `golden-path:render`,
 * `golden-path:publish`, `golden-path:deliver`, `golden-path:ingest`,
 * `golden-path:locate`, `golden-path:propose` and `golden-path:upgrade` to the
 * scaffolder, and the routes under `/api/scaffolder/golden-path`.
 *
 * @public
 */
export const scaffolderModuleGoldenPath = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-path',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        ciCredentials: ciCredentialsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        rootConfig: coreServices.rootConfig,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        scmEvents: catalogScmEventsServiceRef,
      },
      async init({
        actions,
        auditor,
        auth,
        catalog,
        database,
        httpAuth,
        httpRouter,
        permissions,
        reader,
        ciCredentials,
        lifecycle,
        logger,
        rootConfig,
        scaffolder,
        scheduler,
        scmEvents,
      }) {
        const config = readGoldenPathConfig(rootConfig);
        const integrations = ScmIntegrations.fromConfig(rootConfig);
        // Also brings all tables of the golden paths up to date
        const store = await DatabaseRunStore.create({ database });
        const proposals = new ProposalStore({ database });
        const deliveries = new DatabaseDeliveryStore({ database });

        const hosts = RepositoryHosts.create({ integrations, ...config });

        // Only those who use the actions need to have a host configured
        const getHost = (taskLogger?: LoggerService) =>
          hosts.publishing(taskLogger);
        const credentials = new PipelineCredentials({ ciCredentials });
        const getPublisher = (taskLogger: LoggerService) =>
          new Publisher({
            host: getHost(taskLogger),
            store,
            scmEvents,
            config,
            credentials,
          });
        if (config.host !== undefined) {
          getHost();
        }
        const gitops = GitopsPlace.fromConfig({ config, getHost });

        const targets = new ProposalTargets({ hosts, config });
        const checks = new GoldenPathChecks({
          catalog,
          store,
          config,
          targets,
          gitops,
          getHost,
        });
        const sources = new TemplateSources({
          reader,
          integrations,
          layers: config.layers,
        });

        const renderer = new PathRenderer({
          sources,
          integrations,
          gitopsUrl: () => gitops?.url(),
        });

        const turns = new Turns();

        const versions = new PathVersions({ auth, catalog, sources });
        const componentSources = new ComponentSources({
          catalog,
          hosts,
          targets,
        });
        const upgradeStore = new UpgradeStore({ database });
        const findDelivered = (service: DeliveredService) =>
          isDelivered({ ...service, deliveries, gitops });
        const upgradeRenderer = new UpgradeRenderer({
          auth,
          catalog,
          inputs: new StepInputs({ integrations }),
          isDelivered: findDelivered,
          organization: config.organization,
          renderer,
          versions,
        });

        actions.addActions(
          createCheckAction({ checks, versions, auth }),
          createRenderAction({
            renderer,
            config,
            catalog,
            auth,
            getHost,
          }),
          createPublishAction({
            getPublisher,
            checks,
            catalog,
            auditor,
            auth,
          }),
          createDeliverAction({
            getDeliverer: taskLogger =>
              new Deliverer({
                host: getHost(taskLogger),
                store,
                deliveries,
                scmEvents,
                author: config.author,
                turns,
              }),
            renderer,
            gitops,
            config,
            catalog,
            auditor,
            auth,
            getHost,
          }),
          createLocateAction({
            sources: componentSources,
          }),
          createUpgradeAction({
            upgrader: new Upgrader({
              sources: componentSources,
              renderer: upgradeRenderer,
              store: upgradeStore,
              config,
            }),
            proposals,
            auditor,
          }),
          createProposeAction({
            proposer: new Proposer({ targets, config }),
            proposals,
            auditor,
          }),
          createIngestAction({ catalog, auth, reader, store, scmEvents }),
        );

        await scheduleRenewal({
          scheduler,
          renewal: new CredentialRenewal({
            ciCredentials,
            credentials,
            getHost,
            logger,
          }),
        });

        const overlooked = OverlookedRuns.fromConfig({
          config: rootConfig,
          database,
        });
        if (overlooked) {
          await scheduleHandOver({ scheduler, overlooked, logger });
        }

        httpRouter.use(
          createOverviewRouter({
            catalog,
            httpAuth,
            scaffolder,
            times: new RunTimes({ database }),
          }),
        );
        httpRouter.use(
          createVersionsRouter({
            httpAuth,
            isDelivered: findDelivered,
            versions,
          }),
        );
        const upgrades = new Upgrades({
          auth,
          catalog,
          logger,
          reader,
          renderer: upgradeRenderer,
          scaffolder,
          sources: componentSources,
          store: upgradeStore,
          versions,
        });
        await removeOldTemporary();
        httpRouter.use(
          createUpgradesRouter({
            auditor,
            hosts,
            httpAuth,
            permissions,
            previews: new UpgradePreviews({
              config,
              lifecycle,
              logger,
              reader,
              renderer: upgradeRenderer,
              sources: componentSources,
              store: upgradeStore,
              versions,
            }),
            starter: new UpgradeStarter({
              scaffolder,
              store: upgradeStore,
              upgrades,
            }),
            store: upgradeStore,
            upgrades,
          }),
        );
        httpRouter.use(
          createRouter({
            auditor,
            checks,
            httpAuth,
            permissions,
            scaffolder,
            deliveries,
            proposals,
            store,
            undoer: new RunUndoer({
              store,
              deliveries,
              deliveryUndoer: new DeliveryUndoer({
                deliveries,
                getHost,
                author: config.author,
              }),
              getHost,
              scmEvents,
            }),
          }),
        );
      },
    });
  },
});
