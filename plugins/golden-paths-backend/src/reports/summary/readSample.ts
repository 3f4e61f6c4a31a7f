import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { ReportPeriod, timesOf } from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';

/** Whatever numbers are made of, and when it counts. */
const TABLES = {
  deployments: 'deployed_at',
  tickets: 'created_at',
  first_steps: 'requested_at',
  environments: 'created_at',
};

/**
 * Whether numbers are made of sample events, be it in part.
 *
 * @internal
 */
export async function readSample(options: {
  knex: Knex;
  scope: ReportScope;
  period: ReportPeriod;
  weeks: Weeks;
}): Promise<boolean> {
  const { knex, scope, period, weeks } = options;
  // Where there are no samples, which is nearly everywhere, an index says so at once
  const any = await knex('events').whereRaw('sample').first('sequence');
  if (!any) {
    return false;
  }
  const { from, to } = timesOf(period, weeks);
  const found = await Promise.all(
    Object.entries(TABLES).map(([table, time]) => {
      const query = knex(table)
        .where(`${table}.sample`, true)
        .where(`${table}.${time}`, '>=', from)
        .where(`${table}.${time}`, '<', to);
      scope.narrowAskers(query, `${table}.entity_id`);
      return query.first(knex.raw('1 as one'));
    }),
  );
  return found.some(Boolean);
}
