import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DirectoryPreparer,
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { BoundedDirectoryPreparer } from './BoundedDirectoryPreparer';
import { MarkdownGenerator } from './MarkdownGenerator';
import { readMarkdownGeneratorOptions } from './MarkdownGeneratorOptions';

/**
 * Makes TechDocs build its sites from Markdown inside the backend, instead of
 * running MkDocs, and keeps repositories from publishing the portal's own disk.
 *
 * @public
 */
export const techdocsModuleMarkdown = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'markdown',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        generator: techdocsGeneratorExtensionPoint,
        logger: coreServices.logger,
        preparers: techdocsPreparerExtensionPoint,
        reader: coreServices.urlReader,
      },
      async init({ config, generator, logger, preparers, reader }) {
        // Whichever generator is used
        preparers.registerPreparer(
          'dir',
          new BoundedDirectoryPreparer(
            DirectoryPreparer.fromConfig(config, { logger, reader }),
          ),
        );
        const { enabled } = readMarkdownGeneratorOptions(config);
        if (enabled) {
          generator.setTechdocsGenerator(
            MarkdownGenerator.fromConfig(config, { logger }),
          );
        }
      },
    });
  },
});
