import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { HumanDuration } from '@backstage/types';

/**
 * A duration of the configuration.
 *
 * @public
 */
export function readDuration(
  config: RootConfigService,
  key: string,
  byDefault: HumanDuration,
): HumanDuration {
  return config.has(key) ? readDurationFromConfig(config, { key }) : byDefault;
}
