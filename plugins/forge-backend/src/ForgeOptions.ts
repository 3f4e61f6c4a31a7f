import { RootConfigService } from '@backstage/backend-plugin-api';
import { resolve } from 'node:path';
import { organizationName } from './names/schemas';

/**
 * Sizes that bound what one request can cost.
 *
 * @internal
 */
export interface ForgeLimits {
  /** Bytes of one push, after it is inflated. */
  maxPushBytes: number;
  /** Bytes of a file given out by the contents API. */
  maxFileBytes: number;
  /** Bytes of a file shown on a page. */
  maxPageFileBytes: number;
  /** Bytes of a unified diff shown on a page. */
  maxDiffBytes: number;
}

/** @internal */
export interface ForgeOptions {
  /** Absolute path of the folder with the bare repositories. */
  directory: string;
  username: string;
  password: string;
  organizations: string[];
  /** Absolute paths of the folders with repositories to create once. */
  seeds: string[];
  limits: ForgeLimits;
  /** Where the pages send people who ask for the user name and password. */
  credentialsHint: string;
}

const MEGABYTE = 1024 * 1024;

function readLimits(config: RootConfigService): ForgeLimits {
  const read = (key: keyof ForgeLimits, fallback: number) => {
    const value = config.getOptionalNumber(`forge.limits.${key}`) ?? fallback;
    if (!Number.isSafeInteger(value) || value <= 0) {
      throw new Error(
        `Invalid configuration: forge.limits.${key} must be a positive number of bytes`,
      );
    }
    return value;
  };
  return {
    maxPushBytes: read('maxPushBytes', 100 * MEGABYTE),
    maxFileBytes: read('maxFileBytes', 10 * MEGABYTE),
    maxPageFileBytes: read('maxPageFileBytes', MEGABYTE / 2),
    maxDiffBytes: read('maxDiffBytes', MEGABYTE),
  };
}

/**
 * Reads the `forge` section of the configuration.
 *
 * @throws Error that names the key, when one is missing or wrong
 * @internal
 */
export function readForgeOptions(config: RootConfigService): ForgeOptions {
  const directory = config.getOptionalString('forge.directory');
  if (!directory) {
    throw new Error(
      'Missing configuration: set forge.directory to the folder that is to hold the Git repositories',
    );
  }
  const password = config.getOptionalString('forge.password');
  if (!password) {
    throw new Error(
      'Missing configuration: set forge.password to the secret that pushing to the forge asks for, for example from an environment variable',
    );
  }
  const username = config.getOptionalString('forge.username') ?? 'waymark';
  if (username.includes(':')) {
    throw new Error(
      'Invalid configuration: forge.username must not contain ":"',
    );
  }
  const organizations =
    config.getOptionalStringArray('forge.organizations') ?? [];
  for (const [index, name] of organizations.entries()) {
    const result = organizationName.safeParse(name);
    if (!result.success) {
      throw new Error(
        `Invalid configuration: forge.organizations[${index}] ${result.error.issues[0].message}`,
      );
    }
  }
  return {
    directory: resolve(directory),
    username,
    password,
    organizations,
    seeds: (config.getOptionalConfigArray('forge.seeds') ?? []).map(seed =>
      resolve(seed.getString('path')),
    ),
    limits: readLimits(config),
    credentialsHint:
      config.getOptionalString('forge.credentialsHint') ??
      'You will be asked for the forge user and password of this portal.',
  };
}
