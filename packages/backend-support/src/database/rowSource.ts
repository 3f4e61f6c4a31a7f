import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * A value that a column takes.
 *
 * @public
 */
export type ColumnValue = string | number | boolean | null | undefined;

/** For {@link Knex.raw}; without it, since a promise would run what Knex makes. */
interface RowSource {
  sql: string;
  bindings: string[];
}

/** Types of columns on PostgreSQL, by table. They change only with a migration. */
const columnTypes = new Map<string, Map<string, string>>();

async function typesOf(
  knex: Knex | Knex.Transaction,
  table: string,
): Promise<Map<string, string>> {
  const known = columnTypes.get(table);
  if (known) {
    return known;
  }
  const { rows } = await knex.raw<{ rows: { name: string; type: string }[] }>(
    `select attname as name, format_type(atttypid, null) as type
     from pg_attribute
     where attrelid = to_regclass(?) and attnum > 0 and not attisdropped`,
    [table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  if (types.size > 0) {
    columnTypes.set(table, types);
  }
  return types;
}

/** An array as PostgreSQL reads it: several times faster than what `pg` makes. */
function arrayLiteral(rows: readonly ColumnValue[][], index: number): string {
  const items = new Array<string>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i][index];
    if (value === null || value === undefined) {
      items[i] = 'NULL';
    } else if (typeof value === 'string') {
      items[i] = `"${value.replace(/["\\]/g, '\\$&')}"`;
    } else {
      items[i] = String(value);
    }
  }
  return `{${items.join(',')}}`;
}

/**
 * Rows as something to select from, whose columns have the given names: a few
 * bindings, however many rows.
 *
 * @param options - `table`: whose columns they are
 * @public
 */
export async function rowSource(
  knex: Knex | Knex.Transaction,
  options: {
    table: string;
    columns: readonly string[];
    rows: readonly ColumnValue[][];
  },
): Promise<RowSource> {
  const { table, columns, rows } = options;
  if (isPostgres(knex)) {
    const types = await typesOf(knex, table);
    const arrays = columns.map(column => {
      const type = types.get(column);
      if (!type) {
        throw new Error(`The table ${table} has no column ${column}`);
      }
      return `?::${type}[]`;
    });
    return {
      sql: `(select * from unnest(${arrays.join(', ')}) as r(${columns
        .map(() => '??')
        .join(', ')})) as r`,
      bindings: [
        ...columns.map((_, index) => arrayLiteral(rows, index)),
        ...columns,
      ],
    };
  }
  return {
    sql: `(select ${columns
      .map((_, index) => `value ->> ${index} as ??`)
      .join(', ')} from json_each(?)) as r`,
    bindings: [...columns, JSON.stringify(rows)],
  };
}
