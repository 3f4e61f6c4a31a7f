import { isPostgres } from '@waymark/backend-support';
import { Knex } from 'knex';
import { GROUP_COLUMNS } from './groupKeys';

/**
 * Makes the sums of groups anew from the rollups of entities. Whoever changes these
 * meanwhile adds the difference afterwards.
 *
 * @internal
 */
export async function rebuildGroupSums(tx: Knex.Transaction): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw('lock table group_rollups in exclusive mode');
  }
  await tx('group_rollups').delete();
  for (const group of GROUP_COLUMNS) {
    await tx.raw(
      `insert into group_rollups (group_id, measure, week, bucket, count)
       select e.??, r.measure, r.week, r.bucket, sum(r.count)
       from rollups r join entities e on e.id = r.entity_id
       where e.?? is not null
       group by e.??, r.measure, r.week, r.bucket`,
      [group, group, group],
    );
  }
}
