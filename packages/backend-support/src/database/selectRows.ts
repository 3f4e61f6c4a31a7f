import { Knex } from 'knex';
import { ColumnValue, rowSource } from './rowSource';

const CHUNK = 10_000;

/**
 * Reads many rows by their keys.
 *
 * @param options - `rows`: values in the order of `keys`, none of them null
 * @public
 */
export async function selectRows<T extends object>(
  knex: Knex | Knex.Transaction,
  options: {
    table: string;
    keys: readonly string[];
    rows: readonly ColumnValue[][];
    columns: readonly (keyof T & string)[];
  },
): Promise<T[]> {
  const { table, keys, rows, columns } = options;
  const found: T[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const source = await rowSource(knex, {
      table,
      columns: keys,
      rows: rows.slice(start, start + CHUNK),
    });
    const result = await knex.raw(
      `select ${columns.map(() => 't.??').join(', ')} from ${
        source.sql
      } join ?? as t on ${keys.map(() => 't.?? = r.??').join(' and ')}`,
      [
        ...columns,
        ...source.bindings,
        table,
        ...keys.flatMap(name => [name, name]),
      ],
    );
    for (const row of Array.isArray(result) ? result : result.rows) {
      found.push(row);
    }
  }
  return found;
}
