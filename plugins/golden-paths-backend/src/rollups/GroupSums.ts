import { ColumnValue, insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ROLLUPS } from '../worker/derivedTables';

const KEYS = ['group_id', 'measure', 'week', 'bucket'] as const;

/** Where the values of a rollup stand in its row. */
const POSITIONS = ['measure', 'week', 'bucket', 'count'].map(name =>
  ROLLUPS.columns.findIndex(column => column.name === name),
);

/**
 * Collects by how much the sums of groups change, and adds it to them.
 *
 * @internal
 */
export class GroupSums {
  readonly #deltas = new Map<string, { cell: ColumnValue[]; count: number }>();
  readonly #groups: ReadonlyMap<number, readonly number[]>;

  /**
   * @param groups - by id of the entity
   */
  constructor(groups: ReadonlyMap<number, readonly number[]>) {
    this.#groups = groups;
  }

  /** A rollup of an entity, as a row of the table, came (1) or went (-1). */
  change(
    entityId: number,
    row: readonly ColumnValue[] | undefined,
    sign: 1 | -1,
  ): void {
    if (row) {
      const [measure, week, bucket, count] = POSITIONS.map(at => row[at]);
      for (const group of this.#groups.get(entityId) ?? []) {
        this.add([group, measure, week, bucket], sign * Number(count));
      }
    }
  }

  /** @param cell - group, measure, week and bucket */
  add(cell: ColumnValue[], count: number): void {
    const name = JSON.stringify(cell);
    const delta = this.#deltas.get(name) ?? { cell, count: 0 };
    delta.count += count;
    this.#deltas.set(name, delta);
  }

  /** Last in its transaction: others wait for the sums of the present week. */
  async write(tx: Knex.Transaction): Promise<void> {
    await insertRows(tx, {
      table: 'group_rollups',
      columns: [...KEYS, 'count'],
      // In one order, so that no two wait for each other
      rows: [...this.#deltas]
        .filter(([, { count }]) => count !== 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { cell, count }]) => [...cell, count]),
      onConflict: { columns: KEYS, merge: [], add: ['count'] },
    });
  }
}
