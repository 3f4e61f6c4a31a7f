import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/**
 * A plugin's database, brought to the present version.
 *
 * @param options - `packageName`: of the plugin, whose folder `migrations` is used
 * @public
 */
export async function migrate(
  database: DatabaseService,
  options: { packageName: string },
): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(options.packageName, 'migrations'),
    });
  }
  return client;
}
