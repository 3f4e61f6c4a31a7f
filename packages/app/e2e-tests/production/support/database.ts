import { createRequire } from 'node:module';
import path from 'node:path';
import { situation } from './situation';

interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<{ rows: Array<Record<string, any>> }>;
  end(): Promise<void>;
}

/** Asks the portal's database, past the portal. */
export async function withDatabase<T>(
  work: (query: Client['query']) => Promise<T>,
): Promise<T> {
  // The driver that the repository's scripts have
  const load = createRequire(path.resolve(__dirname, '../../../../../scripts'));
  const client: Client = new (load('pg').Client)(situation().postgres);
  await client.connect();
  try {
    return await work(text => client.query(text));
  } finally {
    await client.end();
  }
}

/** All tables of the portal, as `"schema"."table"`. */
export async function tables(query: Client['query']): Promise<string[]> {
  const { rows } = await query(
    `SELECT format('%I.%I', schemaname, tablename) AS name
       FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1`,
  );
  return rows.map(({ name }) => String(name));
}
