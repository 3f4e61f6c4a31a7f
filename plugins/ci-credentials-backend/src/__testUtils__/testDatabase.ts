import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { join } from 'node:path';
import { readdir, readFile } from 'node:fs/promises';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

export type DatabaseId = Parameters<typeof databases.init>[0];

/**
 * A database for a whole backend, and everything that is in it.
 *
 * @param directory - for the files of SQLite
 */
export async function testDatabase(
  id: DatabaseId,
  directory: string,
): Promise<{ config: JsonObject; dump: () => Promise<string> }> {
  if (id === 'SQLITE_3') {
    return {
      config: { client: 'better-sqlite3', connection: { directory } },
      dump: async () => {
        const names = await readdir(directory);
        const files = await Promise.all(
          names.map(name => readFile(join(directory, name), 'latin1')),
        );
        return files.join('\n');
      },
    };
  }
  const knex = await databases.init(id);
  // Its password is not among what a spread would copy
  const { host, port, user, password, database } =
    knex.client.connectionSettings;
  return {
    config: {
      client: 'pg',
      connection: { host, port, user, password, database },
      pluginDivisionMode: 'schema',
    },
    dump: () => dumpPostgres(knex),
  };
}

async function dumpPostgres(knex: Knex): Promise<string> {
  const tables = await knex('information_schema.tables')
    .select('table_schema', 'table_name')
    .whereNotIn('table_schema', ['pg_catalog', 'information_schema']);
  const contents: string[] = [];
  for (const { table_schema: schema, table_name: table } of tables) {
    contents.push(
      JSON.stringify(await knex.withSchema(schema).select('*').from(table)),
    );
  }
  return contents.join('\n');
}
