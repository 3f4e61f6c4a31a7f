import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  DirectoryPreparer,
  PreparerBase,
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
  UrlPreparer,
} from '@backstage/plugin-techdocs-node';
import { PublishedSites } from './builds/PublishedSites';
import { requirePlainPath } from './builds/requirePlainPath';
import { startBuilds } from './builds/startBuilds';
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
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        events: catalogScmEventsServiceRef,
        generator: techdocsGeneratorExtensionPoint,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        preparers: techdocsPreparerExtensionPoint,
        reader: coreServices.urlReader,
        scheduler: coreServices.scheduler,
      },
      async init({ config, generator, logger, preparers, reader, ...deps }) {
        // Whoever builds, and wherever it is published
        deps.httpRouter.use(requirePlainPath);

        const integrations = ScmIntegrations.fromConfig(config);
        // Whichever generator is used
        const bounded = (preparer: PreparerBase) =>
          new OwnRepositoryPreparer({
            integrations,
            otherRepositories:
              config.getOptionalBoolean('techdocs.otherRepositories') ?? false,
            preparer,
          });
        const own = {
          dir: bounded(
            DirectoryPreparer.fromConfig(config, { logger, reader }),
          ),
          url: bounded(UrlPreparer.fromConfig({ logger, reader })),
        };
        preparers.registerPreparer('dir', own.dir);
        preparers.registerPreparer('url', own.url);

        const { enabled, schedule } = readMarkdownGeneratorOptions(config);
        if (!enabled) {
          return;
        }
        const markdown = MarkdownGenerator.fromConfig(config, { logger });
        generator.setTechdocsGenerator(markdown);
        const sites = PublishedSites.fromConfig(config);
        const builder = config.getOptionalString('techdocs.builder') ?? 'local';
        if (sites && builder === 'local') {
          await startBuilds({
            ...deps,
            generator: markdown,
            integrations,
            logger,
            preparers: own,
            schedule,
            sites,
          });
        }
      },
    });
  },
});
