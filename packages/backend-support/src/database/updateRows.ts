import { Knex } from 'knex';
import { ColumnValue, rowSource } from './rowSource';

const CHUNK = 10_000;

/**
 * Updates many rows, each with values of its own.
 *
 * @param options - `rows`: first the values of `keys`, then those of `columns`
 * @public
 */
export async function updateRows(
  tx: Knex | Knex.Transaction,
  options: {
    table: string;
    keys: readonly string[];
    columns: readonly string[];
    rows: readonly ColumnValue[][];
  },
): Promise<void> {
  const { table, keys, columns, rows } = options;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const source = await rowSource(tx, {
      table,
      columns: [...keys, ...columns],
      rows: rows.slice(start, start + CHUNK),
    });
    await tx.raw(
      `update ?? as t set ${columns.map(() => '?? = r.??').join(', ')} from ${
        source.sql
      } where ${keys.map(() => 't.?? = r.??').join(' and ')}`,
      [
        table,
        ...columns.flatMap(name => [name, name]),
        ...source.bindings,
        ...keys.flatMap(name => [name, name]),
      ],
    );
  }
}
