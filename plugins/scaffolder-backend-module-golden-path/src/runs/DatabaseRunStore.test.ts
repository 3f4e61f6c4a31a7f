import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseRunStore } from './DatabaseRunStore';

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_18']
    : ['SQLITE_3'],
});
const directory = resolvePackagePath(
  '@waymark/plugin-scaffolder-backend-module-golden-path',
  'migrations',
);
const TABLE = 'golden_path_repositories';
const address = { host: 'git.example.com', organization: 'a', name: 'b' };
const request = {
  address,
  url: 'https://git.example.com/a/b',
  defaultBranch: 'main',
};

/** The scaffolder's own table, as far as it matters here. */
async function createTasks(knex: Knex): Promise<void> {
  await knex.schema.createTable('tasks', table => {
    table.string('id').primary();
    table.string('status');
    table.text('state');
  });
}

describe.each(databases.eachSupportedId())('DatabaseRunStore on %s', id => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeEach(async () => {
    knex = await databases.init(id);
    await createTasks(knex);
    store = await DatabaseRunStore.create({
      database: mockServices.database.mock({ getClient: async () => knex }),
    });
  });

  it('migrates up and down', async () => {
    const options = { directory, tableName: 'golden_path_migrations' };
    expect(await knex.schema.hasTable(TABLE)).toBe(true);
    await knex.migrate.rollback(options, true);
    expect(await knex.schema.hasTable(TABLE)).toBe(false);
    await knex.migrate.latest(options);
    expect(await knex.schema.hasTable(TABLE)).toBe(true);
  });

  it('gives a name to one of the runs in several organizations', async () => {
    const organizations = ['one', 'two', 'three', 'four'];
    const reserveEach = async (name: string) => {
      await knex('tasks').insert(
        organizations.map(organization => ({
          id: `${organization}-${name}`,
          status: 'processing',
        })),
      );
      return Promise.all(
        organizations.map(organization =>
          store.reserve({
            ...request,
            taskId: `${organization}-${name}`,
            address: { ...address, organization, name },
          }),
        ),
      );
    };
    // The first of them wait for connections, and so for each other
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const reservations = await reserveEach(name);
      expect(reservations.filter(({ held }) => !held)).toHaveLength(1);
    }
  });

  it('gives an address to one run at a time', async () => {
    const reservations = await Promise.all(
      ['one', 'two', 'three'].map(taskId =>
        store.reserve({ ...request, taskId }),
      ),
    );
    const [winner, ...others] = reservations.flatMap(r =>
      r.held ? [] : [r.entry],
    );
    expect(others).toEqual([]);
    expect(reservations.filter(r => r.held)).toEqual([
      { held: true, holder: winner },
      { held: true, holder: winner },
    ]);

    // A repeat finds the same entry as it stands
    const created = await store.update(winner, {
      state: 'created',
      repositoryId: '7',
      settled: ['default-branch', 'team-access'],
      intendedAt: new Date('2026-01-02T03:04:05.678Z'),
    });
    expect(await store.reserve({ ...request, taskId: winner.taskId })).toEqual({
      held: false,
      entry: created,
    });
  });

  it('lets two writers of one entry not both win', async () => {
    const reserved = await store.reserve({ ...request, taskId: 'one' });
    if (reserved.held) {
      throw new Error('held');
    }
    const results = await Promise.allSettled([
      store.update(reserved.entry, { state: 'created' }),
      store.update(reserved.entry, { state: 'undoing' }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('begins again after an undo, unless another run holds the address', async () => {
    await knex('tasks').insert([
      { id: 'one', status: 'failed', state: '{"state":{"steps":{}}}' },
      { id: 'other', status: 'failed', state: '{"state":{"steps":{}}}' },
    ]);
    const reserved = await store.reserve({ ...request, taskId: 'one' });
    if (reserved.held) {
      throw new Error('held');
    }
    // The steps of this run, and of no other, are to be done again: also by a retry
    // that comes while it is being undone
    const steps = () => knex('tasks').orderBy('id').select('id', 'state');
    const undoing = await store.beginUndo(reserved.entry);
    expect(await steps()).toEqual([
      { id: 'one', state: null },
      { id: 'other', state: '{"state":{"steps":{}}}' },
    ]);
    await expect(
      store.reserve({ ...request, taskId: 'one' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    const undone = await store.finishUndo(undoing);
    expect(undone.state).toBe('undone');

    const second = await store.reserve({ ...request, taskId: 'two' });
    expect(second.held).toBe(false);
    expect(await store.reserve({ ...request, taskId: 'one' })).toMatchObject({
      held: true,
      holder: { taskId: 'two' },
    });
    // Which leaves what is known of the first
    expect(await store.list({ taskId: 'one' })).toEqual([undone]);

    if (!second.held) {
      await store.remove(second.entry);
    }
    expect(await store.reserve({ ...request, taskId: 'one' })).toMatchObject({
      held: false,
      entry: { id: undone.id, state: 'creating', repositoryId: undefined },
    });
  });
});
