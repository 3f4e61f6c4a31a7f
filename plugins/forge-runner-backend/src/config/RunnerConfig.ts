import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Limits } from '../processes/Limits';

const MEGABYTE = 1024 * 1024;

/** @internal */
export interface RunnerConfig {
  /** Absolute path of the folder for working copies, builds and logs. */
  directory: string;
  /** Runs of different repositories at a time. */
  concurrency: number;
  /** Builds of each repository that are kept, the present one included. */
  keepBuilds: number;
  /** Runs of each repository that are kept. */
  keepRuns: number;
  maxLogBytes: number;
  /** Where the stage `audit` asks; undefined for where its script does. */
  osvUrl?: string;
  /** How often a service that ended by itself is started again. */
  restarts: number;
  /** How long a service may take until it answers, in milliseconds. */
  readyTimeoutMs: number;
  stageLimits: Limits & { timeMs: number };
  serviceLimits: Limits;
}

/**
 * Reads the `forgeRunner` section of the configuration.
 *
 * @returns undefined when there is none, or it is switched off
 * @throws Error that names the key, when one is wrong, and in production
 * @internal
 */
export function readRunnerConfig(
  config: RootConfigService,
): RunnerConfig | undefined {
  if (
    !config.has('forgeRunner') ||
    config.getOptionalBoolean('forgeRunner.enabled') === false
  ) {
    return undefined;
  }
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'Invalid configuration: forgeRunner must not be set in production. It runs what is pushed as the user who runs the portal',
    );
  }
  const number = (key: string, fallback: number, min = 1) => {
    const value = config.getOptionalNumber(`forgeRunner.${key}`) ?? fallback;
    if (!Number.isSafeInteger(value) || value < min) {
      throw new Error(
        `Invalid configuration: forgeRunner.${key} must be a whole number, at least ${min}`,
      );
    }
    return value;
  };
  const directory = config.getOptionalString('forgeRunner.directory');
  if (!directory) {
    throw new Error(
      'Missing configuration: set forgeRunner.directory to the folder for working copies, builds and logs',
    );
  }
  const osvUrl = config.getOptionalString('forgeRunner.osvUrl');
  if (osvUrl && !/^https?:\/\/[^/]/.test(osvUrl)) {
    throw new Error(
      'Invalid configuration: forgeRunner.osvUrl must be an address such as https://api.osv.dev',
    );
  }
  const limits: Limits = {
    memoryBytes: number('limits.memoryMegabytes', 2048) * MEGABYTE,
    processes: number('limits.processes', 200),
    diskBytes: number('limits.diskMegabytes', 2048) * MEGABYTE,
    freeDiskBytes: number('limits.freeDiskMegabytes', 512) * MEGABYTE,
  };
  return {
    directory: resolve(directory),
    osvUrl,
    concurrency: number(
      'concurrency',
      Math.min(2, Math.max(1, availableParallelism() - 1)),
    ),
    keepBuilds: number('keepBuilds', 3),
    keepRuns: number('keepRuns', 50),
    restarts: number('restarts', 5, 0),
    maxLogBytes: number('limits.logMegabytes', 4) * MEGABYTE,
    readyTimeoutMs: number('limits.readySeconds', 60) * 1000,
    stageLimits: {
      ...limits,
      timeMs: number('limits.stageSeconds', 600) * 1000,
    },
    serviceLimits: limits,
  };
}
