import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { ForgeClient } from './client/ForgeClient';
import { ForgeLocationProcessor } from './content/ForgeLocationProcessor';
import { ForgePlaceholderProcessor } from './content/ForgePlaceholderProcessor';
import { readForgeProviderConfigs } from './ForgeProviderConfig';
import { ForgeEntityProvider } from './provider/ForgeEntityProvider';
import { KnownRepositories } from './provider/KnownRepositories';
import { scheduleFullPasses } from './scheduleFullPasses';

/**
 * Brings the repositories of Gitea-like hosts into the catalog.
 *
 * @public
 */
export const catalogModuleForge = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'forge',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        events: catalogScmEventsServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { events, logger, processing, rootLifecycle, scheduler } = deps;
        const known = new KnownRepositories(deps);
        const sources = readForgeProviderConfigs(deps.config).map(options => ({
          ...options,
          client: new ForgeClient(options.integration),
        }));
        processing.addProcessor(
          new ForgeLocationProcessor({ sources }),
          new ForgePlaceholderProcessor({
            sources,
            integrations: ScmIntegrations.fromConfig(deps.config),
          }),
        );

        for (const { schedule, ...options } of sources) {
          const provider = new ForgeEntityProvider({
            ...options,
            events,
            known,
            logger,
          });
          processing.addEntityProvider(provider);
          // The host may be a plugin of this very backend, and is there only
          // once all of it has started
          rootLifecycle.addStartupHook(() =>
            scheduleFullPasses({ logger, provider, schedule, scheduler }),
          );
          rootLifecycle.addShutdownHook(() => provider.stop());
        }
      },
    });
  },
});
