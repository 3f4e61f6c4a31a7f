import { MetricValue } from '@waymark/plugin-golden-paths-common';
import { NarrowEntities, toMillis } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { kaplanMeier } from '../../statistics/kaplanMeier';
import { timesOf, WeekSpan } from '../scope/ReportPeriod';
import { OWNER } from '../../rollups/groupKeys';

/** When a new service was asked for, and when it was first deployed. */
export interface FirstDeployment {
  /** The group, or the empty text. */
  owner: string;
  /** Milliseconds. */
  requestedAt: number;
  week: string;
  stagingAt?: number;
  productionAt?: number;
}

/**
 * The services that were asked for in some weeks.
 *
 * @internal
 */
export async function readFirstDeployments(options: {
  knex: Knex;
  narrow: NarrowEntities;
  span: WeekSpan;
  weeks: Weeks;
}): Promise<FirstDeployment[]> {
  const { knex, narrow, span, weeks } = options;
  const { from, to } = timesOf(span, weeks);
  const query = knex('first_steps')
    .join('entities', 'entities.id', 'first_steps.entity_id')
    .where('first_steps.requested_at', '>=', from)
    .where('first_steps.requested_at', '<', to)
    .select(
      knex.raw(`${OWNER} as owner`),
      'first_steps.requested_at',
      'first_steps.staging_at',
      'first_steps.production_at',
    );
  narrow(query, 'first_steps.entity_id');
  const rows: {
    owner: string;
    requested_at: string | number;
    staging_at: string | number | null;
    production_at: string | number | null;
  }[] = await query;
  return rows.map(row => {
    const requestedAt = toMillis(row.requested_at);
    return {
      owner: row.owner,
      requestedAt,
      week: weeks.weekOf(requestedAt),
      stagingAt: toMillis(row.staging_at),
      productionAt: toMillis(row.production_at),
    };
  });
}

/**
 * How long new services took to be deployed; those that are not yet count as taking
 * longer than they have.
 *
 * @internal
 */
export function firstDeploymentValue(options: {
  deployments: FirstDeployment[];
  tier: 'staging' | 'production';
  now: number;
}): MetricValue {
  const { tier, now } = options;
  return durationValue(
    options.deployments.map(({ requestedAt, stagingAt, productionAt }) => ({
      from: requestedAt,
      to: tier === 'staging' ? stagingAt : productionAt,
    })),
    now,
  );
}

/** Of times that may not have come to their end. */
export function durationValue(
  times: { from: number; to?: number }[],
  now: number,
): MetricValue {
  const observations = times.map(({ from, to }) => ({
    // What is said to have happened before it began took no time
    duration: Math.max(0, (to ?? now) - from),
    censored: to === undefined,
  }));
  return {
    value: kaplanMeier(0.5, observations),
    p90: kaplanMeier(0.9, observations),
    count: observations.length,
    censored: observations.filter(({ censored }) => censored).length,
  };
}
