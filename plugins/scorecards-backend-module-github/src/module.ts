import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { GithubCollector } from './GithubCollector';

/**
 * Facts for scorecards: default branch and its protection, from GitHub.
 *
 * @public
 */
export const scorecardsModuleGithub = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ collectors, config, logger }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const hosts = integrations.github
          .list()
          .filter(
            ({ config: { token, apps = [] } }) => token || apps.length > 0,
          )
          .map(({ config: { host } }) => host);
        if (hosts.length === 0) {
          logger.info(
            'GitHub is not asked how branches are protected: integrations.github has no credentials',
          );
          return;
        }
        collectors.addCollectors(
          new GithubCollector({
            hosts,
            integrations,
            credentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          }),
        );
      },
    });
  },
});
