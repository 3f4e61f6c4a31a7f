import { Knex } from 'knex';
import { ColumnValue, rowSource } from './rowSource';

/** Rows per statement: enough for speed, and little to hold in memory. */
const CHUNK = 10_000;

/**
 * Inserts many rows, or writes over those that are there.
 *
 * @param options - `rows`: values in the order of `columns`; `onConflict`: the
 * columns of a unique index, those to write over, and those of numbers to add to what
 * is there (none: what is there stays; otherwise no two rows may be the same);
 * `returning`: columns of the rows written
 * @public
 */
export async function insertRows<T extends object = never>(
  tx: Knex | Knex.Transaction,
  options: {
    table: string;
    columns: readonly string[];
    rows: readonly ColumnValue[][];
    onConflict?: {
      columns: readonly string[];
      merge: readonly string[];
      add?: readonly string[];
    };
    returning?: readonly (keyof T & string)[];
  },
): Promise<T[]> {
  const { table, columns, rows, onConflict, returning = [] } = options;
  const names = columns.map(() => '??').join(', ');
  let conflict = '';
  const conflictBindings: string[] = [];
  if (onConflict) {
    const { columns: keys, merge, add = [] } = onConflict;
    const changes = [
      ...merge.map(() => '?? = excluded.??'),
      ...add.map(() => '?? = ??.?? + excluded.??'),
    ];
    conflict = ` on conflict (${keys.map(() => '??').join(', ')}) do ${
      changes.length > 0 ? `update set ${changes.join(', ')}` : 'nothing'
    }`;
    conflictBindings.push(
      ...keys,
      ...merge.flatMap(name => [name, name]),
      ...add.flatMap(name => [name, table, name, name]),
    );
  }
  const suffix =
    returning.length > 0
      ? ` returning ${returning.map(() => '??').join(', ')}`
      : '';

  const written: T[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const source = await rowSource(tx, {
      table,
      columns,
      rows: rows.slice(start, start + CHUNK),
    });
    const result = await tx.raw(
      // "where true" tells SQLite that "on" begins no join
      `insert into ?? (${names}) select ${names} from ${source.sql} where true${conflict}${suffix}`,
      [
        table,
        ...columns,
        ...columns,
        ...source.bindings,
        ...conflictBindings,
        ...returning,
      ],
    );
    if (returning.length > 0) {
      for (const row of Array.isArray(result) ? result : result.rows) {
        written.push(row);
      }
    }
  }
  return written;
}
