import {
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { commit, git, workingCopy } from './__testUtils__/gitClient';
import { startForge, TestForge } from './__testUtils__/startForge';
import { forgePlugin } from './plugin';

/** Sends a path exactly as it is; `fetch` would tidy it up first. */
function rawGet(origin: string, path: string): Promise<number> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path }, res => {
      res.resume();
      resolve(res.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the REST API', () => {
  let forge: TestForge;

  beforeAll(async () => {
    forge = await startForge();
  });

  afterAll(async () => {
    await forge.stop();
  });

  const create = (org: string, body: unknown) =>
    forge.request(`/api/v1/orgs/${org}/repos`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('knows the groups of the catalog and the configured organisations', async () => {
    const list = await forge.request('/api/v1/orgs', { anonymous: true });
    expect(list.headers.get('x-total-count')).toBe('2');
    expect(await list.json()).toEqual([
      expect.objectContaining({ name: 'extra', username: 'extra' }),
      expect.objectContaining({ name: 'team-a', full_name: 'Team <A>' }),
    ]);
    expect((await forge.request('/api/v1/orgs/team-a')).status).toBe(200);
    expect((await forge.request('/api/v1/orgs/TEAM-A')).status).toBe(404);
    const unknown = await forge.request('/api/v1/orgs/nobody');
    expect(unknown.status).toBe(404);
    expect((await unknown.json()).message).toContain("'nobody'");
  });

  it('creates, shows, lists and deletes a repository, and tells the catalog', async () => {
    const response = await create('team-a', {
      name: 'orders',
      description: 'With "quotes", ${{ braces }},\nlines and 🚂',
      default_branch: 'trunk',
      private: false,
    });
    expect(response.status).toBe(201);
    const repository = await response.json();
    const url = `${forge.address}/team-a/orders`;
    expect(repository).toMatchObject({
      id: expect.any(Number),
      name: 'orders',
      full_name: 'team-a/orders',
      owner: { login: 'team-a', username: 'team-a' },
      description: 'With "quotes", ${{ braces }},\nlines and 🚂',
      empty: true,
      private: false,
      archived: false,
      default_branch: 'trunk',
      html_url: url,
      clone_url: `${url}.git`,
      size: 0,
    });
    expect(Date.parse(repository.created_at)).not.toBeNaN();
    expect(Date.parse(repository.updated_at)).not.toBeNaN();

    const shown = await forge.request('/api/v1/repos/team-a/orders');
    expect(await shown.json()).toEqual(repository);
    const found = await forge.request('/api/v1/repos/search', {
      anonymous: true,
    });
    expect(found.headers.get('x-total-count')).toBe('1');
    expect(await found.json()).toEqual({
      ok: true,
      data: [
        {
          ...repository,
          permissions: { admin: false, push: false, pull: true },
        },
      ],
    });

    const path = '/api/v1/repos/team-a/orders';
    expect((await forge.request(path, { method: 'DELETE' })).status).toBe(204);
    expect((await forge.request(path, { method: 'DELETE' })).status).toBe(404);
    expect((await forge.request(path)).status).toBe(404);
    expect(forge.events).toEqual([
      'repository.created /api/forge/team-a/orders',
      'repository.deleted /api/forge/team-a/orders',
    ]);
  });

  it('pages through repositories in one order, 50 at most', async () => {
    const names = Array.from(
      { length: 52 },
      (_, at) => `r-${String(at).padStart(2, '0')}`,
    );
    await Promise.all(names.map(name => create('extra', { name })));
    const first = await forge.request('/api/v1/orgs/extra/repos?limit=999');
    expect(first.headers.get('x-total-count')).toBe('52');
    expect(first.headers.get('link')).toContain('page=2&limit=50');
    const second = await forge.request(
      '/api/v1/orgs/extra/repos?limit=50&page=2',
    );
    const pages = [...(await first.json()), ...(await second.json())];
    expect(pages.map(({ name }) => name)).toEqual(names);
    const wrong = await forge.request('/api/v1/repos/search?page=0');
    expect(wrong.status).toBe(400);
    expect((await wrong.json()).message).toMatch(/^page: /);
  });

  it.each([
    ['name', { name: '' }],
    ['name', {}],
    ['name', { name: '..' }],
    ['name', { name: '../x' }],
    ['name', { name: '-x' }],
    ['name', { name: 'a/b' }],
    ['name', { name: 'a..b' }],
    ['name', { name: 'nul\0' }],
    ['name', { name: 'x.git' }],
    ['name', { name: 'x'.repeat(300) }],
    ['name', { name: 'línea' }],
    ['name', { name: 7 }],
    ['description', { name: 'x', description: 'x'.repeat(3000) }],
    ['default_branch', { name: 'x', default_branch: '--bare' }],
    ['default_branch', { name: 'x', default_branch: 'a..b' }],
    ['private', { name: 'x', private: true }],
  ])('refuses a bad %s and makes nothing: %j', async (field, body) => {
    const response = await create('team-a', body);
    expect(response.status).toBe(422);
    expect((await response.json()).message).toMatch(new RegExp(`^${field}: `));
    const list = await forge.request('/api/v1/orgs/team-a/repos');
    expect(await list.json()).toEqual([]);
  });

  it('refuses a body that is no JSON, or too large', async () => {
    const post = (body: string) =>
      forge.request('/api/v1/orgs/team-a/repos', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await post('{')).status).toBe(400);
    expect((await post(`{"name":"${'x'.repeat(100_000)}"}`)).status).toBe(413);
  });

  it('lets exactly one of many create a name, in whatever case', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        create('team-a', { name: at % 2 ? 'wanted' : 'Wanted' }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(7).fill(409)]);
    const won = answers.find(({ status }) => status === 201)!;
    const { name } = await won.json();
    const other = await create('team-a', { name: 'WANTED' });
    expect(other.status).toBe(409);
    expect((await other.json()).message).toContain(`'team-a/${name}'`);
    await forge.request(`/api/v1/repos/team-a/${name}`, { method: 'DELETE' });
  });

  it('lets nobody write without the credentials, nor read with wrong ones', async () => {
    const wrong = { authorization: `Basic ${btoa('waymark:nonsense')}` };
    const none = { anonymous: true };
    const as = async (path: string, init: object) =>
      (await forge.request(path, init)).status;
    expect(await as('/api/v1/user', none)).toBe(401);
    expect(await as('/api/v1/user', { headers: wrong })).toBe(401);
    expect(await as('/api/v1/orgs', { headers: wrong })).toBe(401);
    expect(
      await as('/api/v1/orgs/team-a/repos', { ...none, method: 'POST' }),
    ).toBe(401);
    expect(
      await as('/api/v1/repos/extra/r-00', { ...none, method: 'DELETE' }),
    ).toBe(401);
    const token = { authorization: `token ${forge.password}` };
    const me = await forge.request('/api/v1/user', { headers: token });
    expect(await me.json()).toMatchObject({ login: 'waymark' });
  });

  it('answers unknown addresses with JSON', async () => {
    const response = await forge.request('/api/v1/repos/extra/r-00/wiki');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect((await response.json()).error.name).toBe('NotFoundError');
  });

  it('lists what is broken as empty, so that it can be deleted', async () => {
    await create('team-a', { name: 'torn', description: 'Lost' });
    const torn = join(forge.directory, 'team-a', 'torn.git');
    await writeFile(join(torn, 'forge.json'), '');
    await mkdir(join(forge.directory, 'team-a', 'ghost.git', 'refs'), {
      recursive: true,
    });
    const list = await forge.request('/api/v1/orgs/team-a/repos');
    expect(await list.json()).toMatchObject([
      { name: 'ghost', empty: true, default_branch: 'main' },
      { name: 'torn', empty: true, description: '' },
    ]);
    for (const name of ['torn', 'ghost']) {
      const path = `/api/v1/repos/team-a/${name}`;
      const { status } = await forge.request(path, { method: 'DELETE' });
      expect(status).toBe(204);
    }
  });

  it('lists while repositories come and go', async () => {
    const statuses = new Set<number>();
    let done = false;
    const watch = async () => {
      while (!done) {
        const { status } = await forge.request('/api/v1/repos/search');
        statuses.add(status);
      }
    };
    const change = async (name: string) => {
      for (let round = 0; round < 10; round++) {
        await create('team-a', { name });
        await forge.request(`/api/v1/repos/team-a/${name}`, {
          method: 'DELETE',
        });
      }
    };
    const watching = [watch(), watch()];
    await Promise.all(['x', 'y', 'z'].map(change));
    done = true;
    await Promise.all(watching);
    expect([...statuses]).toEqual([200]);
  });

  it('shows nothing that is not a finished repository inside its folder', async () => {
    await mkdir(join(forge.directory, '.forge', 'draft.git'), {
      recursive: true,
    });
    await mkdir(join(forge.directory, 'team-b'), { recursive: true });
    await symlink('/', join(forge.directory, 'team-b', 'root.git'));
    await symlink(forge.directory, join(forge.directory, 'linked'));
    for (const path of [
      'team-b/root',
      'linked/extra',
      '.forge/draft',
      'extra/r-00.git',
    ]) {
      const { status } = await forge.request(`/api/v1/repos/${path}`);
      expect([path, status]).toEqual([path, status === 400 ? 400 : 404]);
    }
    const list = await forge.request('/api/v1/orgs');
    const names = (await list.json()).map((org: { name: string }) => org.name);
    expect(names).toEqual(['extra', 'team-a']);
  });

  describe('of content', () => {
    const repos = '/api/v1/repos/team-a/content';
    let head: string;

    beforeAll(async () => {
      const url = await forge.createRepository('content');
      const folder = await workingCopy(forge.scratch, {
        'catalog-info.yaml': 'kind: Component\n',
        'docs/a b.md': '# A',
      });
      await symlink('/etc/passwd', join(folder, 'link'));
      head = await commit(folder, 'Second\n\nBody', { 'docs/c.md': 'c' });
      await git(folder, 'branch', 'feature/x');
      await git(folder, 'tag', '-a', 'v1', '-m', 'One');
      await git(folder, 'push', '-q', url, 'main', 'feature/x', 'v1');
    });

    it('gives files, folders and links, and follows none', async () => {
      const file = await forge.request(
        `${repos}/contents/docs/a%20b.md?ref=feature/x`,
        { anonymous: true },
      );
      expect(await file.json()).toMatchObject({
        name: 'a b.md',
        path: 'docs/a b.md',
        type: 'file',
        size: 3,
        encoding: 'base64',
        content: btoa('# A'),
        html_url: `${forge.address}/team-a/content/src/branch/feature%2Fx/docs/a%20b.md`,
      });
      const folder = await forge.request(`${repos}/contents/docs?ref=v1`);
      expect(await folder.json()).toEqual([
        expect.objectContaining({ path: 'docs/a b.md', content: null }),
        expect.objectContaining({ path: 'docs/c.md', content: null }),
      ]);
      const link = await forge.request(`${repos}/contents/link`);
      expect(await link.json()).toMatchObject({
        type: 'symlink',
        target: '/etc/passwd',
        content: null,
      });
    });

    it('gives branches and commits', async () => {
      const branches = await forge.request(`${repos}/branches`);
      expect(await branches.json()).toEqual([
        expect.objectContaining({ name: 'feature/x' }),
        {
          name: 'main',
          protected: false,
          commit: expect.objectContaining({
            id: head,
            message: 'Second\n\nBody',
            timestamp: expect.stringMatching(/^\d{4}-/),
          }),
        },
      ]);
      const branch = await forge.request(`${repos}/branches/feature/x`);
      expect(await branch.json()).toMatchObject({ commit: { id: head } });
      for (const ref of ['main', 'feature/x', 'v1', head, head.slice(0, 8)]) {
        const found = await forge.request(`${repos}/git/commits/${ref}`);
        expect(await found.json()).toMatchObject({
          sha: head,
          parents: [{ sha: expect.any(String) }],
        });
      }
    });

    it.each([
      ['contents/../../etc/passwd', 400],
      ['contents/%2e%2e/%2e%2e/etc/passwd', 400],
      ['contents/docs//c.md', 400],
      ['contents/x%00', 400],
      ['contents/%zz', 400],
      [`contents/${'x/'.repeat(3000)}x`, 400],
      ['contents/nothing', 404],
      ['contents/link/passwd', 404],
      ['contents/docs?ref=--upload-pack=touch', 400],
      ['contents/docs?ref=HEAD:../../etc/passwd', 400],
      ['contents/docs?ref=main@%7B1%7D', 400],
      ['contents/docs?ref=main%5E', 400],
      ['contents/docs?ref=HEAD', 404],
      ['contents/docs?ref=nobody', 404],
      ['contents/docs?ref=a&ref=b', 400],
      ['branches/-x', 400],
      ['branches/..%2fx', 400],
      ['git/commits/--all', 400],
      ['git/commits/0000000000000000000000000000000000000000', 404],
      ['archive/--output=x.tar.gz', 400],
      ['archive/main.exe', 404],
    ])('refuses %s with %i', async (path, status) => {
      const url = new URL(forge.origin);
      const answer = rawGet(url.origin, `/api/forge${repos}/${path}`);
      expect(await answer).toBe(status);
    });

    it('gives no file that is larger than the limit', async () => {
      const small = await startForge({
        forge: { limits: { maxFileBytes: 1000 } },
      });
      const url = await small.createRepository('large');
      const folder = await workingCopy(small.scratch, {
        'large.yaml': 'x'.repeat(1001),
        'fits.yaml': 'x'.repeat(1000),
      });
      await git(folder, 'push', '-q', url, 'main');
      const path = '/api/v1/repos/team-a/large/contents';
      expect((await small.request(`${path}/fits.yaml`)).status).toBe(200);
      const large = await small.request(`${path}/large.yaml`);
      expect(large.status).toBe(413);
      expect((await large.json()).message).toContain('1001 bytes');
      await small.stop();
    });
  });
});

describe('the folder of the repositories', () => {
  it('is rid of what a crash left behind, and of nothing else', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'forge-test-'));
    const workshop = join(scratch, '.forge');
    await mkdir(join(workshop, 'left', 'objects'), { recursive: true });
    await mkdir(join(workshop, 'in-work'), { recursive: true });
    const yesterday = Date.now() / 1000 - 86_400;
    await utimes(join(workshop, 'left'), yesterday, yesterday);
    const forge = await startForge({ forge: { directory: scratch } });
    expect(await readdir(workshop)).toEqual(['in-work']);
    const { status } = await forge.request('/api/v1/repos/search');
    expect(status).toBe(200);
    await forge.stop();
    await rm(scratch, { recursive: true });
  });
});

describe('the configuration', () => {
  it.each([
    ['forge.password', { directory: '/tmp/x' }],
    ['forge.directory', { password: 'x' }],
    [
      'forge.limits.maxPushBytes',
      { directory: '/tmp/x', password: 'x', limits: { maxPushBytes: -1 } },
    ],
    [
      'forge.organizations',
      { directory: '/tmp/x', password: 'x', organizations: ['../x'] },
    ],
  ])('names %s when it is missing or wrong', async (key, forge) => {
    const start = startTestBackend({
      features: [
        forgePlugin,
        mockServices.rootConfig.factory({ data: { forge } }),
      ],
    });
    await expect(start).rejects.toThrow(key);
  });
});
