import { ColumnValue } from '@waymark/backend-support';
import { Knex } from 'knex';
import { moveBetweenGroups } from '../rollups/moveBetweenGroups';
import { ClaimedEntity } from './claimDue';
import { writeRollupWeeks } from '../rollups/writeRollupWeeks';
import { DERIVED_TABLES, DerivedEntity, ROLLUPS } from './derivedTables';
import { readFrozenWeek } from './frozenWeek';
import { syncRows } from './syncRows';

/**
 * Writes what is derived of entities, where it differs.
 *
 * @returns how many rows differed
 * @internal
 */
export async function writeDerived(
  tx: Knex.Transaction,
  derived: ReadonlyMap<ClaimedEntity, DerivedEntity>,
): Promise<number> {
  const pick = (read: (each: DerivedEntity) => ColumnValue[][]) =>
    new Map([...derived].map(([{ id }, each]) => [id, read(each)]));

  let count = 0;
  for (const table of DERIVED_TABLES) {
    const changes = await syncRows(tx, {
      table,
      wanted: pick(table.rowsOf),
    });
    count += changes.length;
  }

  // What retention took from the events does not change what they said
  const frozen = await readFrozenWeek(tx);
  const sums = await moveBetweenGroups(tx, [...derived.keys()]);
  const changes = await syncRows(tx, {
    table: ROLLUPS,
    wanted: pick(({ rollups, ...rest }) =>
      ROLLUPS.rowsOf({
        ...rest,
        rollups: rollups.filter(({ week }) => week >= frozen),
      }),
    ),
    only: query => query.where('week', '>=', frozen),
  });
  for (const { entityId, before, after } of changes) {
    sums.change(entityId, before, -1);
    sums.change(entityId, after, 1);
  }
  await writeRollupWeeks(
    tx,
    changes.flatMap(({ entityId, before, after }) =>
      before && after ? [] : [entityId],
    ),
  );
  await sums.write(tx);
  return count + changes.length;
}
