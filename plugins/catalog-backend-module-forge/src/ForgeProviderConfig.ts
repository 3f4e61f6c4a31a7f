import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  GiteaIntegrationConfig,
  ScmIntegrations,
} from '@backstage/integration';
import {
  DEFAULT_ENTITY_FILE_LIMITS,
  EntityFileLimits,
} from './content/EntityFileLimits';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 2 },
};

/**
 * One entry of `catalog.providers.forge`.
 *
 * @internal
 */
export interface ForgeProviderConfig {
  id: string;
  integration: GiteaIntegrationConfig;
  schedule: SchedulerServiceTaskScheduleDefinition;
  maxRemovedShare: number;
  limits: EntityFileLimits;
}

/**
 * @throws Error that names the key, when one is wrong
 * @internal
 */
export function readForgeProviderConfigs(
  config: RootConfigService,
): ForgeProviderConfig[] {
  const root = 'catalog.providers.forge';
  const providers = config.getOptionalConfig(root);
  const gitea = ScmIntegrations.fromConfig(config).gitea;
  const hosts = new Set<string>();
  return (providers?.keys() ?? []).map(id => {
    const key = `${root}.${id}`;
    const provider = config.getConfig(key);
    const host = provider.getString('host');
    const integration = gitea
      .list()
      .find(candidate => candidate.config.host === host);
    if (!integration) {
      throw new Error(
        `Invalid configuration: ${key}.host is '${host}', which is no host of integrations.gitea`,
      );
    }
    if (hosts.has(host)) {
      throw new Error(
        `Invalid configuration: ${key}.host is '${host}', which another provider reads already`,
      );
    }
    hosts.add(host);
    return {
      id,
      integration: integration.config,
      schedule: provider.has('schedule')
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
            provider.getConfig('schedule'),
          )
        : DEFAULT_SCHEDULE,
      maxRemovedShare: readShare(provider, key),
      limits: {
        maxFileBytes: readLimit(provider, key, 'maxFileBytes'),
        maxEntities: readLimit(provider, key, 'maxEntities'),
      },
    };
  });
}

function readShare(provider: Config, key: string): number {
  const share = provider.getOptionalNumber('maxRemovedShare') ?? 0.5;
  if (!(share >= 0 && share <= 1)) {
    throw new Error(
      `Invalid configuration: ${key}.maxRemovedShare must be a number from 0 to 1`,
    );
  }
  return share;
}

function readLimit(
  provider: Config,
  key: string,
  name: keyof EntityFileLimits,
): number {
  const limit =
    provider.getOptionalNumber(`limits.${name}`) ??
    DEFAULT_ENTITY_FILE_LIMITS[name];
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new Error(
      `Invalid configuration: ${key}.limits.${name} must be a positive whole number`,
    );
  }
  return limit;
}
