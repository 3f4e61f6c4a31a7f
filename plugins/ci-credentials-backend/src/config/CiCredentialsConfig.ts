import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  GithubHost,
  readGithubHosts,
} from '@waymark/plugin-ci-credentials-node';

/** @internal */
export interface CiCredentialsConfig {
  defaultLifetimeDays: number;
  maxLifetimeDays: number;
  retentionDays: number;
  /** Ids of the plugins that may issue credentials. */
  issuers: string[];
  github: GithubHost[];
}

/**
 * Reads the `ciCredentials` section of the configuration.
 *
 * @throws Error that names the key, when one is wrong
 * @internal
 */
export function readCiCredentialsConfig(
  config: RootConfigService,
): CiCredentialsConfig {
  const days = (key: string, fallback: number) => {
    const value = config.getOptionalNumber(`ciCredentials.${key}`) ?? fallback;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new Error(
        `Invalid configuration: ciCredentials.${key} must be a whole number of days, at least 1`,
      );
    }
    return value;
  };
  const maxLifetimeDays = days('maxLifetimeDays', 365);
  const defaultLifetimeDays = days(
    'defaultLifetimeDays',
    Math.min(90, maxLifetimeDays),
  );
  if (defaultLifetimeDays > maxLifetimeDays) {
    throw new Error(
      'Invalid configuration: ciCredentials.defaultLifetimeDays must not be more than ciCredentials.maxLifetimeDays',
    );
  }
  return {
    defaultLifetimeDays,
    maxLifetimeDays,
    retentionDays: days('retentionDays', 180),
    issuers: config.getOptionalStringArray('ciCredentials.issuers') ?? [
      'scaffolder',
    ],
    github: readGithubHosts(config),
  };
}
