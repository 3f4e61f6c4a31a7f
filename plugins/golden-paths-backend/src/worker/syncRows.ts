import {
  ColumnValue,
  deleteRows,
  insertRows,
  updateRows,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { DerivedTable, toComparable } from './derivedTables';

/**
 * What a table held of some entities and holds now, as far as it differs: one row
 * each, by entity, with the values of the table's columns in their order.
 *
 * @internal
 */
export interface RowChange {
  entityId: number;
  before?: ColumnValue[];
  after?: ColumnValue[];
}

/**
 * Writes what differs of the rows of some entities, and nothing else.
 *
 * @param options - `wanted`: by entity; who is in it has no other rows. `only`: narrows
 * what is there to what may be changed at all
 * @internal
 */
export async function syncRows(
  tx: Knex.Transaction,
  options: {
    table: Omit<DerivedTable, 'rowsOf'>;
    wanted: ReadonlyMap<number, readonly ColumnValue[][]>;
    only?: (query: Knex.QueryBuilder) => void;
  },
): Promise<RowChange[]> {
  const { table, wanted, only = () => {} } = options;
  const columns = table.columns.map(({ name }) => name);
  const keyIndexes = table.keys.map(key => columns.indexOf(key));
  const nameOf = (entityId: number, values: ColumnValue[]) =>
    JSON.stringify([entityId, ...keyIndexes.map(index => values[index])]);

  const present = new Map<string, RowChange>();
  const rows: Record<string, unknown>[] = await whereAny(
    tx,
    tx(table.name),
    'entity_id',
    [...wanted.keys()],
  )
    .modify(only)
    .select('entity_id', ...columns);
  for (const row of rows) {
    const entityId = Number(row.entity_id);
    const before = table.columns.map(({ name, kind }) =>
      toComparable(kind, row[name]),
    );
    present.set(nameOf(entityId, before), { entityId, before });
  }

  const changes: RowChange[] = [];
  const seen = new Set<string>();
  for (const [entityId, items] of wanted) {
    for (const after of items) {
      const name = nameOf(entityId, after);
      // Where two have the same key, the first is the one
      if (seen.has(name)) {
        continue;
      }
      seen.add(name);
      const before = present.get(name)?.before;
      if (!before || before.some((value, index) => value !== after[index])) {
        changes.push({ entityId, before, after });
      }
    }
  }
  for (const [name, { entityId, before }] of present) {
    if (!seen.has(name)) {
      changes.push({ entityId, before });
    }
  }
  await write(tx, table.name, columns, keyIndexes, changes);
  return changes;
}

async function write(
  tx: Knex.Transaction,
  table: string,
  columns: string[],
  keyIndexes: number[],
  changes: RowChange[],
): Promise<void> {
  const keys = ['entity_id', ...keyIndexes.map(index => columns[index])];
  const keyOf = (entityId: number, values: ColumnValue[]) => [
    entityId,
    ...keyIndexes.map(index => values[index]),
  ];
  await deleteRows(tx, {
    table,
    keys,
    rows: changes.flatMap(({ entityId, before, after }) =>
      before && !after ? [keyOf(entityId, before)] : [],
    ),
  });
  const others = columns.filter((_, index) => !keyIndexes.includes(index));
  await updateRows(tx, {
    table,
    keys,
    columns: others,
    rows: changes.flatMap(({ entityId, before, after }) =>
      before && after
        ? [
            [
              ...keyOf(entityId, after),
              ...others.map(column => after[columns.indexOf(column)]),
            ],
          ]
        : [],
    ),
  });
  const isOfEvents = columns[keyIndexes[0]] === 'event_sequence';
  await insertRows(tx, {
    table,
    columns: ['entity_id', ...columns],
    rows: changes.flatMap(({ entityId, before, after }) =>
      !before && after ? [[entityId, ...after]] : [],
    ),
    // The event was another entity's until this one took its history over
    ...(isOfEvents && {
      onConflict: {
        columns: ['event_sequence'],
        merge: ['entity_id', ...others],
      },
    }),
  });
}
