import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const VISIBILITIES = ['private', 'internal', 'public'] as const;
const TEAM_PERMISSIONS = [
  'pull',
  'triage',
  'push',
  'maintain',
  'admin',
  'none',
] as const;

/**
 * The settings under `scaffolder.goldenPath.github`.
 *
 * @internal
 */
export interface GithubHostConfig {
  visibility: (typeof VISIBILITIES)[number];
  teamPermission: (typeof TEAM_PERMISSIONS)[number];
  protection: GithubProtectionConfig;
}

/** @internal */
export interface GithubProtectionConfig {
  enabled: boolean;
  requiredReviews: number;
  codeOwnerReviews: boolean;
  dismissStaleReviews: boolean;
  requireUpToDate: boolean;
  enforceAdmins: boolean;
}

const BASE = 'scaffolder.goldenPath.github';

/** @internal */
export function readGithubHostConfig(root: Config): GithubHostConfig {
  const config = root.getOptionalConfig(BASE);
  const protection = config?.getOptionalConfig('protection');
  const requiredReviews = protection?.getOptionalNumber('requiredReviews') ?? 1;
  if (
    !Number.isInteger(requiredReviews) ||
    requiredReviews < 0 ||
    requiredReviews > 6
  ) {
    throw new InputError(
      `${BASE}.protection.requiredReviews: must be a whole number from 0 to 6, not ${requiredReviews}`,
    );
  }
  return {
    visibility: readOneOf(config, 'visibility', VISIBILITIES, 'private'),
    teamPermission: readOneOf(
      config,
      'teamPermission',
      TEAM_PERMISSIONS,
      'push',
    ),
    protection: {
      enabled: protection?.getOptionalBoolean('enabled') ?? true,
      requiredReviews,
      codeOwnerReviews:
        protection?.getOptionalBoolean('codeOwnerReviews') ?? true,
      dismissStaleReviews:
        protection?.getOptionalBoolean('dismissStaleReviews') ?? true,
      requireUpToDate:
        protection?.getOptionalBoolean('requireUpToDate') ?? false,
      enforceAdmins: protection?.getOptionalBoolean('enforceAdmins') ?? true,
    },
  };
}

function readOneOf<const T extends readonly string[]>(
  config: Config | undefined,
  key: string,
  values: T,
  fallback: T[number],
): T[number] {
  const value = config?.getOptionalString(key) ?? fallback;
  const found = values.find(candidate => candidate === value);
  if (found === undefined) {
    throw new InputError(
      `${BASE}.${key}: must be one of ${values.join(', ')}, not '${value}'`,
    );
  }
  return found;
}
