import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { startForge, TestForge } from './__testUtils__/startForge';
import { Git } from './git/Git';
import { readForgeOptions } from './ForgeOptions';
import { DiskRepositorySecrets } from './secrets/DiskRepositorySecrets';
import { DiskRepositoryStore } from './repositories/DiskRepositoryStore';

const VALUE = 'wmk-value-like-nothing-else-8153';

describe('the secrets of repositories', () => {
  let forge: TestForge;

  beforeAll(async () => {
    forge = await startForge();
  });
  afterAll(async () => {
    await forge.stop();
  });

  const path = (repository: string, name = '') =>
    `/api/v1/repos/team-a/${repository}/actions/secrets${name && `/${name}`}`;

  function put(
    repository: string,
    name: string,
    body: unknown = { data: VALUE },
    anonymous = false,
  ): Promise<Response> {
    return forge.request(path(repository, name), {
      method: 'PUT',
      anonymous,
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** The store as something else on this machine would open it. */
  async function openStore(password = forge.password) {
    const { limits } = readForgeOptions(
      mockServices.rootConfig({
        data: { forge: { directory: forge.directory, password } },
      }),
    );
    const store = await DiskRepositoryStore.create({
      directory: forge.directory,
      git: Git.create({ limits }),
    });
    return new DiskRepositorySecrets({
      directory: forge.directory,
      password,
      store,
    });
  }

  it('stores, replaces, lists and deletes', async () => {
    await forge.createRepository('ledger');
    const list = async () => (await forge.request(path('ledger'))).json();
    expect(await list()).toEqual([]);

    expect((await put('ledger', 'WAYMARK_TOKEN')).status).toBe(201);
    expect((await put('ledger', 'another_1', { data: 'ä\n🚂' })).status).toBe(
      201,
    );
    const [another, first] = await list();
    expect(another).toEqual({
      name: 'ANOTHER_1',
      created_at: expect.any(String),
    });
    expect((await put('ledger', 'waymark_token')).status).toBe(204);
    expect(await list()).toEqual([another, first]);

    const name = { organization: 'team-a', name: 'ledger' };
    expect(await (await openStore()).read(name)).toEqual(
      new Map([
        ['WAYMARK_TOKEN', VALUE],
        ['ANOTHER_1', 'ä\n🚂'],
      ]),
    );

    const remove = () =>
      forge.request(path('ledger', 'ANOTHER_1'), { method: 'DELETE' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await list()).toEqual([first]);
  });

  it('takes many at once', async () => {
    await forge.createRepository('busy');
    const names = Array.from({ length: 20 }, (_, index) => `S_${index}`);
    await Promise.all(names.map(name => put('busy', name)));
    const answer = await forge.request(`${path('busy')}?limit=50`);
    expect(answer.headers.get('x-total-count')).toBe('20');
    for (let index = 20; index < 100; index++) {
      await put('busy', `S_${index}`);
    }
    expect((await put('busy', 'ONE_MORE')).status).toBe(409);
    expect((await put('busy', 'S_3')).status).toBe(204);
  });

  it('gives nothing to those without the password', async () => {
    await forge.createRepository('closed');
    await put('closed', 'WAYMARK_TOKEN');
    expect((await put('closed', 'OTHER', undefined, true)).status).toBe(401);
    for (const [method, name] of [
      ['GET', ''],
      ['DELETE', 'WAYMARK_TOKEN'],
    ]) {
      const answer = await forge.request(path('closed', name), {
        method,
        anonymous: true,
      });
      expect(answer.status).toBe(401);
    }
    expect(await (await forge.request(path('closed'))).json()).toHaveLength(1);
  });

  it('refuses what is malformed, without repeating it', async () => {
    await forge.createRepository('strict');
    for (const name of ['1ST', 'A-B', 'A%20B', 'GITHUB_TOKEN', 'GITEA_X']) {
      const answer = await put('strict', name);
      expect(answer.status).toBe(400);
      expect((await answer.json()).message).toContain('secretname: must');
    }
    for (const body of [
      {},
      { data: 7 },
      { data: 'x'.repeat(65_537) },
      `{"data": ${VALUE}}`,
      `{"data": "${VALUE}`,
    ]) {
      const answer = await put('strict', 'WAYMARK_TOKEN', body);
      expect([400, 422]).toContain(answer.status);
      expect(await answer.text()).not.toContain(VALUE);
    }
    expect((await put('nothing', 'WAYMARK_TOKEN')).status).toBe(404);
    expect(await (await forge.request(path('strict'))).json()).toEqual([]);
  });

  it('goes with its repository, and never to the next of that name', async () => {
    await forge.createRepository('short-lived');
    await put('short-lived', 'WAYMARK_TOKEN');
    const folder = join(forge.directory, '.secrets');
    const before = (await readdir(folder)).length;
    const repository = '/api/v1/repos/team-a/short-lived';
    expect((await forge.request(repository, { method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await readdir(folder)).length).toBe(before - 1);
    await forge.createRepository('short-lived');
    expect(await (await forge.request(path('short-lived'))).json()).toEqual([]);
  });

  it('is nowhere to be read', async () => {
    await forge.createRepository('quiet');
    await put('quiet', 'WAYMARK_TOKEN');
    const folder = join(forge.directory, '.secrets');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, 'latin1')).not.toContain(VALUE);
    }
    const files = await readdir(join(forge.directory, 'team-a/quiet.git'), {
      recursive: true,
    });
    expect(files.join()).not.toContain('secret');
    for (const address of [
      '/.secrets',
      '/.secrets/salt',
      '/team-a/quiet/.secrets',
      path('quiet', 'WAYMARK_TOKEN'),
    ]) {
      const answer = await forge.request(address);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain(VALUE);
    }
  });

  it('cannot be opened with another password, nor when it was changed', async () => {
    await forge.createRepository('moved');
    await put('moved', 'WAYMARK_TOKEN');
    const name = { organization: 'team-a', name: 'moved' };
    const message =
      'The secret WAYMARK_TOKEN of team-a/moved cannot be opened: the forge has another password';
    await expect((await openStore('another')).read(name)).rejects.toThrow(
      message,
    );

    const { id } = await (
      await forge.request('/api/v1/repos/team-a/moved')
    ).json();
    const file = join(forge.directory, '.secrets', `${id}.json`);
    const content = JSON.parse(await readFile(file, 'utf8'));
    content.WAYMARK_TOKEN.data =
      Buffer.from('something else').toString('base64');
    await writeFile(file, JSON.stringify(content));
    await expect((await openStore()).read(name)).rejects.toThrow(message);
  });
});
