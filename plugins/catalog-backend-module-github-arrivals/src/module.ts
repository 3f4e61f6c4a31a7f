import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { GithubArrivals } from './GithubArrivals';
import { GithubRepositories } from './GithubRepositories';

/**
 * Makes the catalog's GitHub discovery look at a repository as soon as somebody
 * in the backend knows of it.
 *
 * @public
 */
export const catalogModuleGithubArrivals = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'github-arrivals',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
        scmEvents: catalogScmEventsServiceRef,
      },
      async init({ config, rootLifecycle, ...deps }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const arrivals = new GithubArrivals({
          ...deps,
          repositories: new GithubRepositories({
            integrations,
            credentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          }),
        });
        const { unsubscribe } = deps.scmEvents.subscribe(arrivals);
        rootLifecycle.addShutdownHook(() => {
          unsubscribe();
          arrivals.stop();
        });
      },
    });
  },
});
