import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { FactFilesCollector } from './FactFilesCollector';
import { FactFile } from './files/FactFile';
import { readFactFilesConfig } from './readFactFilesConfig';

/**
 * Facts for scorecards from files beside the portal.
 *
 * @public
 */
export const scorecardsModuleFactFiles = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'fact-files',
  register(env) {
    env.registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ collectors, config, lifecycle, logger }) {
        const files = readFactFilesConfig(config).map(
          options => new FactFile({ ...options, logger }),
        );
        if (files.length === 0) {
          return;
        }
        const collector = new FactFilesCollector({ files, logger });
        lifecycle.addShutdownHook(() => collector.stop());
        collectors.addCollectors(collector);
      },
    });
  },
});
