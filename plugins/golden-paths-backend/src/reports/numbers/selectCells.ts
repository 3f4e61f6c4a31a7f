import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { NO_OWNER } from '../../rollups/groupKeys';
import { rollupCells, RollupParts } from '../../rollups/rollupCells';
import { WeekSpan } from '../scope/ReportPeriod';

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
  parts: RollupParts;
  measures: readonly Measure[];
  spans: readonly WeekSpan[];
  byOwner: boolean;
}): Knex.QueryBuilder {
  const { knex, byOwner } = options;
  return byOwner
    ? rollupCells(options)
    : knex
        .from(rollupCells(options).as('summed'))
        .select(
          knex.raw(`'${NO_OWNER}' as owner`),
          'measure',
          'week',
          'bucket',
          'counted',
        );
}
