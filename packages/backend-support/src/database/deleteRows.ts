import { Knex } from 'knex';
import { ColumnValue, rowSource } from './rowSource';

const CHUNK = 10_000;

/**
 * Deletes many rows by their keys.
 *
 * @param options - `rows`: values in the order of `keys`, none of them null
 * @public
 */
export async function deleteRows(
  tx: Knex | Knex.Transaction,
  options: {
    table: string;
    keys: readonly string[];
    rows: readonly ColumnValue[][];
  },
): Promise<void> {
  const { table, keys, rows } = options;
  const names = keys.map(() => '??').join(', ');
  for (let start = 0; start < rows.length; start += CHUNK) {
    const source = await rowSource(tx, {
      table,
      columns: keys,
      rows: rows.slice(start, start + CHUNK),
    });
    await tx.raw(
      `delete from ?? where (${names}) in (select ${names} from ${source.sql})`,
      [table, ...keys, ...keys, ...source.bindings],
    );
  }
}
