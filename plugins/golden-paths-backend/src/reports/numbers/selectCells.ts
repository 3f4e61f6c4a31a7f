import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { rollupCells, RollupParts } from '../../rollups/rollupCells';
import { WeekSpan } from '../scope/ReportPeriod';

/** Stands for what belongs to no group. */
export const NO_OWNER = '';

/**
 * The group that an entity belongs to, or is: squads have tickets of their own.
 * People are not compared.
 */
export const OWNER = `case
  when entities.kind = 'group' then entities.ref
  when entities.owner_ref like 'group:%' then entities.owner_ref
  else '${NO_OWNER}' end`;

/** The entities that are added up. */
export interface Counted {
  ids: readonly number[];
  /** Of what their sums are made. */
  parts: RollupParts;
}

/**
 * Rollups of some entities, added up: `owner`, `measure`, `week`, `bucket` and
 * `counted`.
 *
 * @param options - `byOwner`: of each group by itself; else `owner` is
 * {@link NO_OWNER}
 * @internal
 */
export function selectCells(options: {
  knex: Knex;
  entities: Counted;
  measures: readonly Measure[];
  spans: readonly WeekSpan[];
  byOwner: boolean;
}): Knex.QueryBuilder {
  const { knex, measures, spans, byOwner } = options;
  const { ids, parts } = options.entities;
  if (!byOwner) {
    return knex
      .from(rollupCells({ knex, parts, measures, spans }).as('summed'))
      .select(
        knex.raw(`'${NO_OWNER}' as owner`),
        'measure',
        'week',
        'bucket',
        'counted',
      );
  }
  const query = knex('rollups')
    .join('entities', 'entities.id', 'rollups.entity_id')
    .whereIn('rollups.measure', measures)
    .where(any => {
      for (const { first, last } of spans) {
        any.orWhereBetween('rollups.week', [first, last]);
      }
    })
    .groupBy('rollups.measure', 'rollups.week', 'rollups.bucket')
    .groupByRaw(OWNER)
    .select(
      knex.raw(`${OWNER} as owner`),
      'rollups.measure',
      'rollups.week',
      'rollups.bucket',
      knex.raw('sum(rollups.count) as counted'),
    );
  return whereAny(knex, query, 'rollups.entity_id', ids);
}
