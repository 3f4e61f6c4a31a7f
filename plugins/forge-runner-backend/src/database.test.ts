import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { databases } from './__testUtils__/databases';

const directory = resolvePackagePath(
  '@waymark/plugin-forge-runner-backend',
  'migrations',
);
const tables = ['repositories', 'runs', 'stages', 'outbox'];

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(id);
    const present = async () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));
    await knex.migrate.latest({ directory });
    expect(await present()).toEqual([true, true, true, true]);
    await knex.migrate.rollback({ directory }, true);
    expect(await present()).toEqual([false, false, false, false]);
    await knex.migrate.latest({ directory });
    expect(await present()).toEqual([true, true, true, true]);
  });
});
