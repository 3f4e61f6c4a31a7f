import { Coverage } from '@waymark/plugin-golden-paths-common';
import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../../derive/Derived';
import { spanBits } from '../../rollups/weekBits';
import { WeekSpan } from '../scope/ReportPeriod';
import { NO_OWNER, OWNER } from '../../rollups/groupKeys';

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
  const owner = byOwner
    ? knex.raw(`${OWNER} as owner`)
    : knex.raw(`'' as owner`);
  const all = knex('entities').select<
    { owner: string; services: string | number }[]
  >(owner, knex.raw('count(*) as services'));
  // Bits of weeks: to look for one rollup of each would take very many looks
  const some = knex('rollup_weeks')
    .join('entities', 'entities.id', 'rollup_weeks.entity_id')
    .whereIn('rollup_weeks.measure', [...new Set(measures)])
    .where(any => {
      any.whereRaw('1 = 0');
      for (const [block, bits] of spanBits(span)) {
        any.orWhereRaw(
          '(rollup_weeks.block = ? and (rollup_weeks.bits & ?) <> 0)',
          [block, bits],
        );
      }
    })
    .groupBy('rollup_weeks.measure')
    .select<{ owner: string; measure: string; services: string | number }[]>(
      owner,
      'rollup_weeks.measure',
      knex.raw('count(distinct entities.id) as services'),
    );
  if (byOwner) {
    all.groupByRaw(OWNER);
    some.groupByRaw(OWNER);
  }
  narrow(all, 'entities.id');
  narrow(some, 'rollup_weeks.entity_id');
  const [services, covered] = await Promise.all([all, some]);
  const inScope = new Map(
    services.map(row => [row.owner, Number(row.services)]),
  );
  const withData = new Map(
    covered.map(row => [`${row.owner} ${row.measure}`, Number(row.services)]),
  );
  return (of = NO_OWNER) => ({
    services: inScope.get(of) ?? 0,
    of: measure => ({
      withData: withData.get(`${of} ${measure}`) ?? 0,
      inScope: inScope.get(of) ?? 0,
    }),
  });
}
