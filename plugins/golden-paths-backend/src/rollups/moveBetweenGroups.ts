import { updateRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { findGroups } from './findGroups';
import { GROUP_COLUMNS } from './groupKeys';
import { GroupSums } from './GroupSums';

/**
 * Has the rollups of entities counted in the sums of the groups that they are part
 * of now.
 *
 * @param entities - with the groups they are in and those they are to be in, as
 * {@link GROUP_COLUMNS}
 * @returns what the sums change by; more can be added before it is written
 * @internal
 */
export async function moveBetweenGroups(
  tx: Knex.Transaction,
  entities: readonly {
    id: number;
    groups?: readonly (number | null)[];
    groupKeys: readonly string[];
  }[],
): Promise<GroupSums> {
  const found = await findGroups(
    tx,
    entities.flatMap(({ groupKeys }) => groupKeys),
  );
  const groupsOf = new Map(
    entities.map(({ id, groupKeys }) => [
      id,
      groupKeys.map(key => found.get(key)!),
    ]),
  );
  const sums = new GroupSums(groupsOf);
  const moves = entities.map(({ id, groups = [] }) => ({
    id,
    changes: groupsOf
      .get(id)!
      .map((to, index) => ({ from: groups[index] ?? undefined, to }))
      .filter(({ from, to }) => from !== to),
    isNew: groups.every(group => group === null),
  }));
  await updateRows(tx, {
    table: 'entities',
    keys: ['id'],
    columns: [...GROUP_COLUMNS],
    rows: moves
      .filter(({ changes }) => changes.length > 0)
      .map(({ id }) => [id, ...groupsOf.get(id)!]),
  });
  // What is in no group yet has no rollups either
  const moved = new Map(
    moves
      .filter(({ changes, isNew }) => changes.length > 0 && !isNew)
      .map(({ id, changes }) => [id, changes]),
  );
  if (moved.size > 0) {
    const rows: {
      entity_id: number;
      measure: string;
      week: string;
      bucket: number;
      count: number;
    }[] = await whereAny(tx, tx('rollups'), 'entity_id', [
      ...moved.keys(),
    ]).select('entity_id', 'measure', 'week', 'bucket', 'count');
    for (const { entity_id: id, measure, week, bucket, count } of rows) {
      for (const { from, to } of moved.get(id)!) {
        if (from !== undefined) {
          sums.add([from, measure, week, bucket], -count);
        }
        sums.add([to, measure, week, bucket], count);
      }
    }
  }
  return sums;
}
