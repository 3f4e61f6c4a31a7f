import { Coverage } from '@waymark/plugin-golden-paths-common';
import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { WeekSpan } from '../scope/ReportPeriod';
import { NO_OWNER, OWNER } from './selectCells';

/** How many services there are, and how many have some of a measure. */
export interface Coverages {
  services: number;
  of(measure: Measure): Coverage;
}

/**
 * Of how many services something is known in a span.
 *
 * @internal
 */
export async function readCoverage(options: {
  knex: Knex;
  narrow: NarrowEntities;
  measures: readonly Measure[];
  span: WeekSpan;
  byOwner?: boolean;
}): Promise<(owner?: string) => Coverages> {
  const { knex, narrow, measures, span, byOwner = false } = options;
  const distinct = [...new Set(measures)];
  // One look into the index for each service and measure: counting what is distinct
  // in rollups would read all of them
  const query = knex('entities').select(
    byOwner ? knex.raw(`${OWNER} as owner`) : knex.raw('? as owner', ['']),
    knex.raw('count(*) as services'),
    ...distinct.map((measure, index) =>
      knex.raw(
        `count(case when exists (select 1 from rollups
           where rollups.entity_id = entities.id and rollups.measure = ?
             and rollups.week between ? and ?) then 1 end) as ??`,
        [measure, span.first, span.last, `measure_${index}`],
      ),
    ),
  );
  if (byOwner) {
    query.groupByRaw(OWNER);
  }
  narrow(query, 'entities.id');
  const rows: Record<string, string | number>[] = await query;
  const found = new Map(rows.map(row => [String(row.owner), row]));
  return (owner = NO_OWNER) => {
    const row = found.get(owner) ?? {};
    const services = Number(row.services ?? 0);
    return {
      services,
      of: measure => ({
        withData: Number(row[`measure_${distinct.indexOf(measure)}`] ?? 0),
        inScope: services,
      }),
    };
  };
}
