import { insertRows, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { writeFactMaxAges } from '../scorecards/factMaxAges';
import { readInForce } from '../scorecards/readDefinitions';

/** @internal */
export interface FactName {
  id: number;
  name: string;
  /** The shortest that a live rule allows, in milliseconds. */
  maxAge: number | undefined;
}

/**
 * The numbers of names, which get one when they are new.
 *
 * @internal
 */
export async function factNames(
  tx: Knex.Transaction,
  names: Iterable<string>,
): Promise<Map<string, FactName>> {
  // In order, so that two who add the same ones do not wait for each other
  const wanted = [...new Set(names)].sort();
  let found = await read(tx, wanted);
  const missing = wanted.filter(name => !found.has(name));
  if (missing.length > 0) {
    await insertRows(tx, {
      table: 'fact_names',
      columns: ['name'],
      rows: missing.map(name => [name]),
      onConflict: { columns: ['name'], merge: [] },
    });
    await writeFactMaxAges(tx, await readInForce(tx), missing);
    found = await read(tx, wanted);
  }
  return found;
}

async function read(
  tx: Knex.Transaction,
  names: string[],
): Promise<Map<string, FactName>> {
  const rows: { id: number; name: string; max_age: string | number | null }[] =
    await whereAny(tx, tx('fact_names'), 'name', names).select('*');
  return new Map(
    rows.map(({ id, name, max_age }) => [
      name,
      { id, name, maxAge: toMillis(max_age) },
    ]),
  );
}
