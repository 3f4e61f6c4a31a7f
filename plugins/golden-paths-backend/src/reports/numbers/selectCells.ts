import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { rollupCells } from '../../rollups/rollupCells';
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

/**
 * Rollups of some entities, added up: `owner`, `measure`, `week`, `bucket` and
 * `counted`.
 *
 * @param options - `byOwner`: of each group by itself; else `owner` is
 * {@link NO_OWNER}
 * @internal
 */
export async function selectCells(options: {
  knex: Knex;
  ids: readonly number[];
  measures: readonly Measure[];
  spans: readonly WeekSpan[];
  byOwner: boolean;
}): Promise<{ query: Knex.QueryBuilder }> {
  const { knex, ids, measures, spans, byOwner } = options;
  if (!byOwner) {
    const { query } = await rollupCells(options);
    return {
      query: knex
        .from(query.as('summed'))
        .select(
          knex.raw(`'${NO_OWNER}' as owner`),
          'measure',
          'week',
          'bucket',
          'counted',
        ),
    };
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
  return { query: whereAny(knex, query, 'rollups.entity_id', ids) };
}
