import { ColumnValue, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { DerivedTable } from '../worker/derivedTables';
import { syncRows } from '../worker/syncRows';
import { weekBits } from './weekBits';

const TABLE: Omit<DerivedTable, 'rowsOf'> = {
  name: 'rollup_weeks',
  keys: ['measure', 'block'],
  columns: [
    { name: 'measure', kind: 'text' },
    { name: 'block', kind: 'number' },
    { name: 'bits', kind: 'number' },
  ],
};

/**
 * Writes in which weeks entities have rollups, after some came or went.
 *
 * @internal
 */
export async function writeRollupWeeks(
  tx: Knex.Transaction,
  entityIds: Iterable<number>,
): Promise<void> {
  const ids = new Set(entityIds);
  if (ids.size === 0) {
    return;
  }
  const rows: { entity_id: number; measure: string; week: string }[] =
    await whereAny(tx, tx('rollups'), 'entity_id', [...ids])
      .distinct('entity_id', 'measure', 'week')
      .select();
  const weeks = new Map<number, Map<string, string[]>>();
  for (const { entity_id: id, measure, week } of rows) {
    const ofEntity = weeks.get(id) ?? new Map<string, string[]>();
    weeks.set(id, ofEntity);
    const ofMeasure = ofEntity.get(measure) ?? [];
    ofEntity.set(measure, ofMeasure);
    ofMeasure.push(week);
  }
  const wanted = new Map<number, ColumnValue[][]>(
    [...ids].map(id => [
      id,
      [...(weeks.get(id) ?? [])].flatMap(([measure, ofMeasure]) =>
        [...weekBits(ofMeasure)].map(([block, bits]) => [measure, block, bits]),
      ),
    ]),
  );
  await syncRows(tx, { table: TABLE, wanted });
}
