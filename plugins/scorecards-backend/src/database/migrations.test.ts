import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { databases } from '../__testUtils__/databases';

const directory = resolvePackagePath(
  '@waymark/plugin-scorecards-backend',
  'migrations',
);
const tables = ['subjects', 'facts', 'outcomes', 'exemptions', 'progress'];

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(id);
    const present = () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));

    await knex.migrate.latest({ directory });
    expect(await present()).toEqual(tables.map(() => true));
    await knex.migrate.rollback({ directory }, true);
    expect(await present()).toEqual(tables.map(() => false));
    await knex.migrate.latest({ directory });
    expect(await present()).toEqual(tables.map(() => true));
  });
});
