import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

/** An empty database of the plugin's present version. */
export async function initDatabase(id: Parameters<typeof databases.init>[0]) {
  const knex = await databases.init(id);
  await migrate(mockServices.database({ knex }));
  return knex;
}

/** The configuration of a database for a whole backend. */
export async function databaseConfig(
  id: Parameters<typeof databases.init>[0],
  directory: string,
) {
  if (id === 'SQLITE_3') {
    return { client: 'better-sqlite3', connection: { directory } };
  }
  const knex = await databases.init(id);
  // Its password is not among what a spread would copy
  const { host, port, user, password, database } =
    knex.client.connectionSettings;
  return {
    client: 'pg',
    connection: { host, port, user, password, database },
    pluginDivisionMode: 'schema',
  };
}
