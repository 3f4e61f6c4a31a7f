import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  DirectoryPreparer,
  PreparerBase,
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
  UrlPreparer,
} from '@backstage/plugin-techdocs-node';
import { MarkdownGenerator } from './MarkdownGenerator';
import { readMarkdownGeneratorOptions } from './MarkdownGeneratorOptions';
import { OwnRepositoryPreparer } from './OwnRepositoryPreparer';

/**
 * Makes TechDocs build its sites from Markdown inside the backend, instead of
 * running MkDocs, and keeps repositories from publishing what is not theirs.
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
        const bounded = (preparer: PreparerBase) =>
          new OwnRepositoryPreparer({
            integrations: ScmIntegrations.fromConfig(config),
            otherRepositories:
              config.getOptionalBoolean('techdocs.otherRepositories') ?? false,
            preparer,
          });
        preparers.registerPreparer(
          'dir',
          bounded(DirectoryPreparer.fromConfig(config, { logger, reader })),
        );
        preparers.registerPreparer(
          'url',
          bounded(UrlPreparer.fromConfig({ logger, reader })),
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
