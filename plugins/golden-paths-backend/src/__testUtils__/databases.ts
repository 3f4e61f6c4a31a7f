import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '@waymark/backend-support';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

/** An empty database of the plugin's present version. */
export async function initDatabase(id: Parameters<typeof databases.init>[0]) {
  const knex = await databases.init(id);
  await migrate(mockServices.database({ knex }), {
    packageName: '@waymark/plugin-golden-paths-backend',
  });
  return knex;
}
