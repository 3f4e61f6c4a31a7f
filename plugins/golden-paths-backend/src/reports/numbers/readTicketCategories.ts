import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { timesOf, WeekSpan } from '../scope/ReportPeriod';

/**
 * How many tickets there are of each category, the most first.
 *
 * @internal
 */
export async function readTicketCategories(options: {
  knex: Knex;
  narrow: NarrowEntities;
  span: WeekSpan;
  weeks: Weeks;
}): Promise<ReadonlyMap<string, number>> {
  const { knex, narrow, span, weeks } = options;
  const { from, to } = timesOf(span, weeks);
  const query = knex('tickets')
    .where('tickets.created_at', '>=', from)
    .where('tickets.created_at', '<', to)
    .groupBy('tickets.category')
    .orderBy([{ column: 'counted', order: 'desc' }, 'tickets.category'])
    .select<{ category: string; counted: string | number }[]>(
      'tickets.category',
      knex.raw('count(*) as counted'),
    );
  narrow(query, 'tickets.entity_id');
  return new Map(
    (await query).map(({ category, counted }) => [category, Number(counted)]),
  );
}
