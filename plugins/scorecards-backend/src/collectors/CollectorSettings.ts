import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError, stringifyError } from '@backstage/errors';
import {
  evaluateFilterPredicate,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { FactCollector } from '@waymark/plugin-scorecards-node';

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAX_ID_LENGTH = 50;

/**
 * A collector, and how it is run here.
 *
 * @internal
 */
export interface CollectorSettings {
  id: string;
  title: string;
  collector: FactCollector;
  everyMs: number;
  timeoutMs: number;
  batchSize: number;
  concurrency: number;
  onEntityChange: boolean;
  /** Whether it is asked about an entity. */
  appliesTo(entity: Entity): boolean;
}

/**
 * What collectors say of themselves, and what the configuration says instead.
 *
 * @returns those that are not switched off
 * @throws InputError that names the collector
 * @internal
 */
export function readCollectorSettings(options: {
  collectors: readonly FactCollector[];
  config: RootConfigService;
  logger: LoggerService;
}): CollectorSettings[] {
  const { collectors, logger } = options;
  const config = options.config.getOptionalConfig('scorecards.collectors');
  const ids = collectors.map(({ id }) => id);
  for (const id of config?.keys() ?? []) {
    if (!ids.includes(id)) {
      logger.warn(
        `scorecards.collectors.${id} in the config is about no fact collector that is installed; those are ${ids.join(
          ', ',
        )}`,
      );
    }
  }
  return collectors.flatMap(collector => {
    const own = config?.getOptionalConfig(collector.id);
    return own?.getOptionalBoolean('enabled') === false
      ? []
      : [readSettings(collector, own)];
  });
}

function readSettings(
  collector: FactCollector,
  config: Config | undefined,
): CollectorSettings {
  const { id } = collector;
  if (!ID.test(id) || id.length > MAX_ID_LENGTH) {
    throw new InputError(
      `Fact collector ${id}: an id is lower case words with dashes, at most ${MAX_ID_LENGTH} characters`,
    );
  }
  const duration = (key: string, fallback: HumanDuration) => {
    const milliseconds = durationToMilliseconds(
      config?.has(key) ? readDurationFromConfig(config, { key }) : fallback,
    );
    if (!(milliseconds > 0 && milliseconds < Number.MAX_SAFE_INTEGER)) {
      throw new InputError(`Fact collector ${id}: ${key} has to be a duration`);
    }
    return Math.ceil(milliseconds);
  };
  const count = (key: string, fallback: number) => {
    const value = config?.getOptionalNumber(key) ?? fallback;
    if (!Number.isInteger(value) || value < 1 || value > 1000) {
      throw new InputError(
        `Fact collector ${id}: ${key} has to be a whole number from 1 to 1000`,
      );
    }
    return value;
  };
  return {
    id,
    title: collector.title,
    collector,
    everyMs: duration('every', collector.every),
    timeoutMs: duration('timeout', collector.timeout ?? { minutes: 1 }),
    batchSize: count('batchSize', collector.batchSize ?? 50),
    concurrency: count('concurrency', collector.concurrency ?? 1),
    onEntityChange: collector.onEntityChange ?? true,
    appliesTo: readAppliesTo(collector),
  };
}

function readAppliesTo({
  id,
  appliesTo,
}: FactCollector): CollectorSettings['appliesTo'] {
  if (appliesTo === undefined) {
    return () => true;
  }
  try {
    const predicate = parseFilterPredicate(appliesTo);
    return entity => evaluateFilterPredicate(predicate, entity);
  } catch (error) {
    throw new InputError(
      `Fact collector ${id}: appliesTo is no predicate: ${stringifyError(
        error,
      )}`,
    );
  }
}
