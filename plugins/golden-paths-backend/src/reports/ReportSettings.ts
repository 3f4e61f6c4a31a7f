import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { durationToMilliseconds } from '@backstage/types';
import { METRICS, MetricId } from '@waymark/plugin-golden-paths-common';
import { readDeriveSettings } from '../config/readDeriveSettings';
import { DeriveSettings } from '../derive/Derived';
import { readServicePredicate } from '../services/readServicePredicate';

const KEY = 'goldenPaths.reports';

/** Of the contract; all others have none but what the baseline says. */
const DEFAULT_TARGETS: Partial<Record<MetricId, number>> = {
  'time-to-first-deployment': 10 * 60_000,
};

/**
 * How reports are made.
 *
 * @internal
 */
export interface ReportSettings extends DeriveSettings {
  /** In the unit of the metric. */
  targets: Partial<Record<MetricId, number>>;
  /** Days, `YYYY-MM-DD`; the weeks that hold them and all between. */
  baseline?: { from: string; to: string };
  /** Which entities are services. */
  services: FilterPredicate;
}

/**
 * @throws InputError naming the key that is wrong
 * @internal
 */
export function readReportSettings(config: RootConfigService): ReportSettings {
  return {
    ...readDeriveSettings(config),
    targets: { ...DEFAULT_TARGETS, ...readTargets(config) },
    baseline: readBaseline(config),
    services: readServicePredicate(config),
  };
}

function readTargets(
  config: RootConfigService,
): Partial<Record<MetricId, number>> {
  const key = `${KEY}.targets`;
  const targets: Partial<Record<MetricId, number>> = {};
  for (const name of config.getOptionalConfig(key)?.keys() ?? []) {
    const metric = METRICS.find(({ id }) => id === name);
    if (!metric) {
      throw new InputError(
        `${key}.${name}: there is no such metric; there are ${METRICS.map(
          ({ id }) => id,
        ).join(', ')}`,
      );
    }
    targets[metric.id] =
      metric.unit === 'duration'
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: `${key}.${name}` }),
          )
        : readNumber(config, `${key}.${name}`, metric.unit);
  }
  return targets;
}

function readNumber(
  config: RootConfigService,
  key: string,
  unit: 'per-week' | 'share',
): number {
  const value = config.getNumber(key);
  if (value < 0 || (unit === 'share' && value > 1)) {
    throw new InputError(
      unit === 'share'
        ? `${key}: has to be a share, from 0 to 1`
        : `${key}: has to be a number per week, 0 or more`,
    );
  }
  return value;
}

function readBaseline(config: RootConfigService): ReportSettings['baseline'] {
  const key = `${KEY}.baseline`;
  if (!config.has(key)) {
    return undefined;
  }
  const [from, to] = ['from', 'to'].map(name => {
    const day = config.getString(`${key}.${name}`);
    // A day that no month has is another day for JavaScript
    if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) {
      throw new InputError(
        `${key}.${name}: has to be a day, such as 2026-01-31`,
      );
    }
    return day;
  });
  if (from > to) {
    throw new InputError(`${key}.from: has to be before ${key}.to`);
  }
  return { from, to };
}
