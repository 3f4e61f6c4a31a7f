import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { RepositoryHosts } from '../hosts/RepositoryHosts';
import { findGenerated } from './findGenerated';
import { UpgradeStore } from './UpgradeStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const options = {
  directory: resolvePackagePath(
    '@waymark/plugin-scaffolder-backend-module-golden-path',
    'migrations',
  ),
  tableName: 'golden_path_migrations',
};
const [G0, T1, T2, U1, U2] = ['a', 'b', 'c', 'd', 'e'].map(c => c.repeat(40));
const about = {
  taskId: 'up',
  entityRef: 'component:default/orders',
  host: 'git.example.com',
  repositoryUrl: 'https://git.example.com/new/orders',
  repositoryId: '7',
  templateRef: 'template:default/steady',
  version: 'sha256:1',
  answersDigest: 'x',
};
const first = {
  id: 'first',
  task_id: 'made',
  host: 'git.example.com',
  organization: 'old',
  name: 'orders',
  url: 'https://git.example.com/old/orders',
  state: 'published',
  repository_id: '7',
  default_branch: 'main',
  template_commit: G0,
  started_at: '2026-11-01T00:00:00.000Z',
  revision: 1,
};

describe.each(databases.eachSupportedId())('UpgradeStore on %s', id => {
  it('forgets nothing that was generated', async () => {
    const knex: Knex = await databases.init(id);
    const database = mockServices.database.mock({
      getClient: async () => knex,
    });
    await DatabaseRunStore.create({ database });
    const store = new UpgradeStore({ database });
    const url = about.repositoryUrl;
    const commits = async (repository: Parameters<typeof store.generated>[0]) =>
      (await store.generated(repository)).map(
        ({ run, parent, commit, version }) => [run, parent, commit, version],
      );

    // Made by an earlier portal, which has also upgraded it
    await knex.migrate.down(options);
    await knex('golden_path_repositories').insert(first);
    await knex('golden_path_upgrades').insert({
      task_id: about.taskId,
      entity_ref: about.entityRef,
      host: about.host,
      repository_url: first.url,
      repository_id: about.repositoryId,
      template_ref: about.templateRef,
      version: about.version,
      answers_digest: about.answersDigest,
      started_at: '2026-11-02T00:00:00.000Z',
    });
    await knex.migrate.latest(options);

    // It has another address since, under which nothing is written down
    expect(await commits({ url })).toEqual([]);
    const made = ['made', undefined, G0, undefined];
    expect(await commits({ url, host: about.host, id: '7' })).toEqual([made]);
    expect(await commits({ url, host: about.host, id: '8' })).toEqual([]);
    expect(await commits({ url: first.url.toUpperCase() })).toEqual([made]);

    // Its host is asked for that, also after another has got the old address
    const hosts = {
      all: () => [
        { parseRepositoryUrl: () => undefined },
        {
          host: about.host,
          parseRepositoryUrl: (address: string) =>
            address === url
              ? { organization: 'new', name: 'orders' }
              : undefined,
          getRepository: async () => ({ id: '7' }),
        },
      ],
    } as unknown as RepositoryHosts;
    const found = (address: string) =>
      findGenerated({ url: address, hosts, store });
    expect(await found(url)).toEqual([expect.objectContaining({ commit: G0 })]);
    expect(await found('https://elsewhere.example.com/a/b')).toEqual([]);
    const state = (text: string) =>
      knex('golden_path_repositories').update({ state: text });
    await state('released');
    expect(await found(url)).toHaveLength(1);
    await state('undone');
    expect(await found(url)).toEqual([]);
    await state('published');

    // An attempt, and one that finds a newer version
    let record = await store.begin(about);
    expect((await store.begin(about)).id).toBe(record.id);
    const generated = { parentCommit: G0, templateCommit: T1, commit: U1 };
    record = await store.update(record, { branch: 'one', ...generated });
    const newer = await store.begin({ ...about, version: 'sha256:2' });
    expect(newer).toMatchObject({ taskId: 'up', templateCommit: undefined });
    await store.update(newer, {
      branch: 'two',
      parentCommit: T1,
      templateCommit: T2,
      commit: U2,
    });
    const all = [made, ['up', G0, T1, 'sha256:1'], ['up', T1, T2, 'sha256:2']];
    expect(await commits({ url })).toEqual(all);
    // And one of the same version that comes to something else
    const T3 = 'f'.repeat(40);
    const other = await store.update(await store.begin(about), {
      branch: 'one',
      parentCommit: T2,
      templateCommit: T3,
      commit: U2,
    });
    expect(other.id).not.toBe(record.id);
    expect(
      (await commits({ url })).map(([, , commit]) => commit).sort(),
    ).toEqual([G0, T1, T2, T3]);
    await store.update(other, { changeUrl: 'https://git.example.com/1' });
    expect(
      (await store.ofRepository({ host: about.host, id: '7' })).filter(
        ({ changeUrl }) => changeUrl,
      ),
    ).toEqual([expect.objectContaining({ id: other.id, templateCommit: T3 })]);

    await knex.migrate.down(options);
    expect(await knex('golden_path_upgrades').pluck('task_id')).toEqual(['up']);
  });
});
