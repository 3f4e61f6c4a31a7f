import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * What one site may hold.
 *
 * @public
 */
export interface MarkdownGeneratorLimits {
  /** Pages of a site; more of them fail the build. */
  maxPages: number;
  /** Bytes of one Markdown file; a larger one becomes a page that says so. */
  maxPageBytes: number;
  /** Bytes of one picture or attachment; a larger one is left out. */
  maxFileBytes: number;
  /** Bytes of all that is read for a site; more fail the build. */
  maxTotalBytes: number;
  /** Seconds that one page may take; a slower one becomes a page that says so. */
  maxPageSeconds: number;
}

/** @internal */
export interface MarkdownGeneratorOptions {
  enabled: boolean;
  limits: MarkdownGeneratorLimits;
  /** When sites are built that nobody has opened yet. */
  schedule: SchedulerServiceTaskScheduleDefinition;
}

const MEGABYTE = 1024 * 1024;

const DEFAULT_LIMITS: MarkdownGeneratorLimits = {
  maxPages: 500,
  maxPageBytes: MEGABYTE,
  maxFileBytes: 10 * MEGABYTE,
  maxTotalBytes: 100 * MEGABYTE,
  maxPageSeconds: 10,
};

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  initialDelay: { seconds: 10 },
  frequency: { seconds: 30 },
  timeout: { minutes: 30 },
};

const KEY = 'techdocs.generator.markdown';

/** @internal */
export function readMarkdownGeneratorOptions(
  config: Config,
): MarkdownGeneratorOptions {
  const limits = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(limits) as Array<keyof typeof limits>) {
    const value = config.getOptionalNumber(`${KEY}.limits.${name}`);
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new InputError(
        `${KEY}.limits.${name} has to be a whole number above 0, not ${value}`,
      );
    }
    limits[name] = value ?? limits[name];
  }
  return {
    enabled: config.getOptionalBoolean(`${KEY}.enabled`) ?? true,
    limits,
    schedule: config.has(`${KEY}.schedule`)
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig(`${KEY}.schedule`),
        )
      : DEFAULT_SCHEDULE,
  };
}
