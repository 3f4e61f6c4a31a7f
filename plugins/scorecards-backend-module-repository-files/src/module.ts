import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { RepositoryFilesCollector } from './RepositoryFilesCollector';

/**
 * Facts for scorecards from the files of repositories.
 *
 * @public
 */
export const scorecardsModuleRepositoryFiles = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'repository-files',
  register(env) {
    env.registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scmEvents: catalogScmEventsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({ collectors, config, lifecycle, ...deps }) {
        const collector = new RepositoryFilesCollector({
          ...deps,
          integrations: ScmIntegrations.fromConfig(config),
        });
        collectors.addCollectors(collector);
        lifecycle.addShutdownHook(() => collector.stop());
      },
    });
  },
});
