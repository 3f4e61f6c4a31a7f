import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { GiteaRepositoryHost } from '../hosts/GiteaRepositoryHost';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { claimRepository } from './claimRepository';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('a claim on %s', id => {
  it('looks again whether the name is free once it holds the name', async () => {
    const knex = await databases.init(id);
    await knex.schema.createTable('tasks', table => {
      table.string('id').primary();
      table.string('status');
    });
    const store = await DatabaseRunStore.create({
      database: mockServices.database.mock({ getClient: async () => knex }),
    });
    const claim = (organization: string, assertFree: () => Promise<void>) =>
      claimRepository({
        store,
        // Nobody answers there
        host: new GiteaRepositoryHost({ host: 'localhost:1' }),
        taskId: organization,
        address: { host: 'localhost:1', organization, name: 'orders' },
        description: '',
        defaultBranch: 'main',
        assertFree,
      });

    // A run of another organization ends between the check and the reservation
    let held: unknown[] = [];
    await expect(
      claim('payments', async () => {
        held = await store.list({ taskId: 'payments' });
        throw new InputError("name: 'orders' is taken");
      }),
    ).rejects.toThrow("name: 'orders' is taken");
    expect(held).toMatchObject([{ state: 'creating' }]);
    // Neither was the host asked, nor is anything kept from the next one
    expect(await store.list({ taskId: 'payments' })).toEqual([]);
  });
});
