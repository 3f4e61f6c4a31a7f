import { isPostgres } from '@waymark/backend-support';
import { Knex } from 'knex';

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
  await tx.raw(
    `insert into group_rollups (group_id, measure, week, bucket, count)
     select e.rollup_group, r.measure, r.week, r.bucket, sum(r.count)
     from rollups r join entities e on e.id = r.entity_id
     where e.rollup_group is not null
     group by e.rollup_group, r.measure, r.week, r.bucket`,
  );
}
