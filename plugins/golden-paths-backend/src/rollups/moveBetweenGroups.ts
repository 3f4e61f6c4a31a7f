import { updateRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { findGroups } from './findGroups';
import { GroupSums } from './GroupSums';

/**
 * Has the rollups of entities counted in the sums of the groups that they are part
 * of now.
 *
 * @returns what the sums change by; more can be added before it is written
 * @internal
 */
export async function moveBetweenGroups(
  tx: Knex.Transaction,
  entities: readonly { id: number; group?: number; groupKey: string }[],
): Promise<GroupSums> {
  const groups = await findGroups(
    tx,
    entities.map(({ groupKey }) => groupKey),
  );
  const groupOf = new Map(
    entities.map(({ id, groupKey }) => [id, groups.get(groupKey)!]),
  );
  const sums = new GroupSums(groupOf);
  const moved = entities.filter(({ id, group }) => group !== groupOf.get(id));
  await updateRows(tx, {
    table: 'entities',
    keys: ['id'],
    columns: ['rollup_group'],
    rows: moved.map(({ id }) => [id, groupOf.get(id)]),
  });
  const former = new Map(
    moved.flatMap(({ id, group }) =>
      group === undefined ? [] : [[id, group]],
    ),
  );
  if (former.size > 0) {
    const rows: {
      entity_id: number;
      measure: string;
      week: string;
      bucket: number;
      count: number;
    }[] = await whereAny(tx, tx('rollups'), 'entity_id', [
      ...former.keys(),
    ]).select('entity_id', 'measure', 'week', 'bucket', 'count');
    for (const { entity_id: id, measure, week, bucket, count } of rows) {
      sums.add([former.get(id), measure, week, bucket], -count);
      sums.add([groupOf.get(id), measure, week, bucket], count);
    }
  }
  return sums;
}
