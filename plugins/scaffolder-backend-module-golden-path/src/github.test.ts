import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { git, writeTree } from '@waymark/backend-test-support';
import { Fault } from './__testUtils__/FaultyProxy';
import {
  GithubBackend,
  ORGANIZATION,
  startGithubBackend,
} from './__testUtils__/startGithubBackend';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const runs = '/api/scaffolder/golden-path/runs';
const CREATE = /POST \/api\/v3\/orgs\/acme-rail\/repos$/;
const REPOSITORY = (name: string) =>
  new RegExp(`GET /api/v3/repos/acme-rail/${name}$`);
const TEAM = (name: string) =>
  new RegExp(`PUT /api/v3/orgs/acme-rail/teams/.*/acme-rail/${name}$`);
const PROTECT = (name: string) =>
  new RegExp(`PUT /api/v3/repos/acme-rail/${name}/branches/main/protection$`);
const MEMBERSHIP = /GET \/api\/v3\/user\/memberships\/orgs\/acme-rail$/;
const DELETE = (name: string) =>
  new RegExp(`DELETE /api/v3/repos/acme-rail/${name}$`);

// Each way to speak to GitHub, and each database, once
const databaseIds = databases.eachSupportedId().map(([id]) => id);
const ways = [
  ['token', databaseIds[0]],
  ['app', databaseIds.at(-1) ?? databaseIds[0]],
] as const;

describe.each(ways)('on GitHub with the %s, on %s', (as, databaseId) => {
  let backend: GithubBackend;
  beforeAll(async () => {
    backend = await startGithubBackend({
      as,
      on: { databases, id: databaseId },
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });
  beforeEach(() => {
    // A fault that did not happen would hit the next test
    if (backend.proxy.pendingFaults > 0) {
      throw new Error('The test before did not meet its fault');
    }
  });

  const repository = (name: string) => `/repos/${ORGANIZATION}/${name}`;
  const pageOf = (name: string) =>
    `${backend.github.url}/${ORGANIZATION}/${name}`;

  function answers(name: string, owner = 'group:default/payments') {
    return {
      name,
      owner,
      system: 'system:default/shop',
      description: 'Something useful',
    };
  }

  async function run(values: JsonObject, template?: string) {
    const id = await backend.start(values, undefined, template);
    return { id, ...(await backend.end(id)) };
  }

  /** Takes a run to its failure by a fault on the way to GitHub. */
  async function failAt(name: string, place: RegExp, fault: Fault) {
    backend.proxy.breakNext(place, fault);
    const result = await run(answers(name));
    expect(result.status).toBe('failed');
    return result;
  }

  async function undo(taskId: string) {
    return backend.call(`${runs}/${taskId}/undo`, { method: 'POST' });
  }

  async function control(method: string, path: string, body: JsonObject) {
    const response = await fetch(`${backend.github.url}/_control${path}`, {
      method,
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  }

  async function exists(name: string): Promise<boolean> {
    return (await backend.api(repository(name))).status === 200;
  }

  function log(result: { events: { body: { message: string } }[] }): string {
    return result.events.map(event => event.body.message).join('\n');
  }

  async function clone(name: string): Promise<string> {
    const folder = join(backend.directory, `clone-${name}`);
    const url = new URL(`${pageOf(name)}.git`);
    url.username = 'x-access-token';
    url.password = backend.github.token;
    await git(backend.directory, 'clone', '--quiet', url.toString(), folder);
    return folder;
  }

  describe('a run that ends well', () => {
    let result: Awaited<ReturnType<typeof run>>;
    beforeAll(async () => {
      result = await run(answers('orders-api', 'group:default/freight'));
    });

    it('leads to a repository and an entity', async () => {
      expect(result.error).toBe('');
      expect(result.output).toEqual({
        repositoryUrl: pageOf('orders-api'),
        cloneUrl: `${pageOf('orders-api')}.git`,
        entityRef: 'component:default/orders-api',
      });
      const entity = await backend.entity('component:default/orders-api');
      expect(entity.metadata.annotations).toMatchObject({
        'backstage.io/managed-by-location': `url:${pageOf(
          'orders-api',
        )}/tree/main/catalog-info.yaml`,
        'backstage.io/source-location': `url:${pageOf(
          'orders-api',
        )}/tree/main/`,
      });
      const { body } = await backend.api(repository('orders-api'));
      expect(body).toMatchObject({
        visibility: 'private',
        default_branch: 'main',
        description: 'Something useful',
      });
    });

    it('names the real team as the code owner, and gives it access', async () => {
      const folder = await clone('orders-api');
      // By the annotation of the group, whose name is another
      expect(await readFile(join(folder, 'CODEOWNERS'), 'utf8')).toBe(
        '* @acme-rail/cargo\n',
      );
      expect(await git(folder, 'branch', '--remotes')).toMatch(
        /origin\/main\n\s+origin\/waymark-template/,
      );
      const { body } = await backend.api(`${repository('orders-api')}/teams`);
      expect(
        body.map((team: { slug: string; permission: string }) => [
          team.slug,
          team.permission,
        ]),
      ).toEqual([['cargo', 'push']]);
      expect(log(result)).toContain(
        'The team @acme-rail/cargo has access (push)',
      );
    });

    it('protects the default branch with what its own pipeline reports', async () => {
      const { status, body } = await backend.api(
        `${repository('orders-api')}/branches/main/protection`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        required_status_checks: {
          strict: false,
          contexts: ['Lint, test', 'image'],
        },
        required_pull_request_reviews: {
          required_approving_review_count: 1,
          require_code_owner_reviews: true,
          dismiss_stale_reviews: true,
        },
        enforce_admins: { enabled: true },
        allow_force_pushes: { enabled: false },
        allow_deletions: { enabled: false },
      });
      expect(log(result)).toContain(
        "main is protected: pull request, 1 review with the code owners, check 'Lint, test', check 'image'",
      );
      expect(log(result)).toContain(
        "Not demanded of a change: 'publish' (runs on a condition)",
      );

      const folder = join(backend.directory, 'clone-orders-api');
      await writeTree(folder, { 'sneaky.txt': 'unreviewed\n' });
      await git(folder, 'add', '-A');
      await git(folder, 'commit', '--quiet', '-m', 'Sneak in');
      await expect(git(folder, 'push', 'origin', 'HEAD:main')).rejects.toThrow(
        /protected branch/i,
      );
    });

    it('is left alone by a second run of the same name', async () => {
      const second = await run(answers('orders-api'));
      expect(second.status).toBe('failed');
      expect(second.error).toMatch(/^name: 'orders-api' is taken/);
    });
  });

  it.each<[string, string, (name: string) => RegExp, Fault, boolean]>([
    ['before it is created', 'at-create', () => CREATE, 'lose-request', false],
    ['after it was created', 'created', () => CREATE, 'lose-answer', true],
    ['before the team gets in', 'at-team', TEAM, { status: 502 }, true],
    ['after the team got in', 'team', TEAM, 'lose-answer', true],
    ['before the protection', 'at-protect', PROTECT, { status: 500 }, true],
    ['after the protection', 'protect', PROTECT, 'lose-answer', true],
  ])('goes on after a failure %s', async (_, name, place, fault, isThere) => {
    const failed = await failAt(name, place(name), fault);
    expect(failed.error).toContain(backend.github.host);
    expect(await exists(name)).toBe(isThere);

    const before = backend.proxy.requests.length;
    await backend.retry(failed.id);
    const { status, error } = await backend.end(failed.id);
    expect(error).toBe('');
    expect(status).toBe('completed');
    const { body } = await backend.api(
      `${repository(name)}/branches/main/protection`,
    );
    expect(body.required_status_checks.contexts).toEqual([
      'Lint, test',
      'image',
    ]);
    const { body: teams } = await backend.api(`${repository(name)}/teams`);
    expect(teams).toHaveLength(1);
    // What was done and noted is not done again
    const again = backend.proxy.requests.slice(before);
    expect(again.some(line => CREATE.test(line))).toBe(!isThere);
    expect(again.some(line => TEAM(name).test(line))).toBe(place !== PROTECT);
  });

  describe('with a connection that breaks', () => {
    async function breakPush(name: string, fault: JsonObject) {
      const response = await fetch(`${backend.github.url}/_control/faults`, {
        method: 'POST',
        body: JSON.stringify({
          ...fault,
          method: 'POST',
          path: `/${name}\\.git/git-receive-pack$`,
          times: 1,
        }),
      });
      expect(response.status).toBe(201);
    }

    it('in the middle of the push, goes on from there', async () => {
      await breakPush('half-pushed', { status: 502 });
      const failed = await run(answers('half-pushed'));
      expect(failed.error).toContain('git push failed');
      await backend.retry(failed.id);
      expect((await backend.end(failed.id)).error).toBe('');
    });

    it('after the push, looks and goes on', async () => {
      await breakPush('pushed', { drop: true, after: true });
      const { id, error } = await run(answers('pushed'));
      expect(error).toBe('');
      const { body } = await backend.call(`${runs}/${id}`);
      expect(body.created).toMatchObject([{ state: 'created' }]);
    });
  });

  it('waits for a rate limit, and says so in the log', async () => {
    backend.proxy.breakNext(PROTECT('limited'), {
      status: 403,
      headers: { 'retry-after': '1' },
      body: '{"message":"You have exceeded a secondary rate limit"}',
    });
    backend.proxy.breakNext(TEAM('limited'), {
      status: 429,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
      },
      body: '{"message":"API rate limit exceeded"}',
    });
    const result = await run(answers('limited'));
    expect(result.error).toBe('');
    expect(log(result).match(/takes no more requests for \d+ s/g)).toHaveLength(
      2,
    );
  });

  it('does not wait for hours', async () => {
    const { error } = await failAt('limited-long', CREATE, {
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3000),
      },
      body: '{"message":"API rate limit exceeded"}',
    });
    expect(error).toMatch(
      /takes no more requests from these credentials before 20\d\d-.*rate limit/,
    );
  });

  it('says what the plan of the organization does not have', async () => {
    backend.proxy.breakNext(PROTECT('no-plan'), {
      status: 403,
      body: '{"message":"Upgrade to GitHub Pro or make this repository public to enable this feature."}',
    });
    const result = await run(answers('no-plan'));
    expect(result.error).toBe('');
    expect(log(result)).toMatch(
      /main is not protected: .*Upgrade to GitHub Pro/,
    );
  });

  it('says which right is missing', async () => {
    const { error } = await failAt('no-right', PROTECT('no-right'), {
      status: 403,
      body: '{"message":"Resource not accessible by integration"}',
    });
    expect(error).toMatch(
      /Resource not accessible by integration\. Check the credentials.*Administration: write/,
    );
  });

  it('refuses an owner without a team, in the form and in the run', async () => {
    const message =
      /^there is no team 'unhosted' in the organization acme-rail on localhost:\d+ for the group unhosted; create it, or name another in the group's annotation github\.com\/team-slug$/;
    const { body } = await backend.call(
      '/api/scaffolder/golden-path/checks?name=unowned&owner=unhosted',
    );
    expect(body.errors).toEqual([
      { field: 'owner', message: expect.stringMatching(message) },
    ]);
    const { error } = await run(answers('unowned', 'group:default/unhosted'));
    expect(error).toMatch(/^owner: there is no team 'unhosted'/);
    expect(await exists('unowned')).toBe(false);
  });

  it('refuses a name that a repository has', async () => {
    await backend.api(`/orgs/${ORGANIZATION}/repos`, {
      method: 'POST',
      body: { name: 'made-elsewhere' },
    });
    const { error } = await run(answers('made-elsewhere'));
    expect(error).toBe(
      `name: 'made-elsewhere' is taken: there is a repository ${pageOf(
        'made-elsewhere',
      )}`,
    );
  });

  it('takes the refusal of a name for what it is when another was faster', async () => {
    backend.proxy.breakNext(CREATE, {
      status: 422,
      body: '{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}',
    });
    const { error } = await run(answers('too-late'));
    expect(error).toMatch(/^name: there is a repository .*\/too-late already/);
  });

  describe('undo', () => {
    it('deletes what the run created, and a retry makes it again', async () => {
      const { id } = await failAt('undone', PROTECT('undone'), { status: 500 });
      expect((await undo(id)).status).toBe(200);
      expect(await exists('undone')).toBe(false);
      await backend.retry(id);
      expect((await backend.end(id)).error).toBe('');
      const { body: teams } = await backend.api(
        `${repository('undone')}/teams`,
      );
      expect(teams).toHaveLength(1);
      expect(
        (await backend.api(`${repository('undone')}/branches/main/protection`))
          .status,
      ).toBe(200);
    });

    it('explains a refusal, and can be tried again', async () => {
      const name = 'undo-refused';
      const { id } = await failAt(name, TEAM(name), { status: 500 });
      backend.proxy.breakNext(DELETE(name), {
        status: 403,
        body: '{"message":"Must have admin rights to Repository."}',
      });
      const refused = await undo(id);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(/scope delete_repo/);
      expect(await exists(name)).toBe(true);
      expect((await undo(id)).status).toBe(200);
      expect(await exists(name)).toBe(false);
    });

    it('takes what it cannot see for gone only when it would see it', async () => {
      const name = 'undo-unseen';
      const { id } = await failAt(name, TEAM(name), { status: 500 });
      if (as === 'app') {
        await control('PATCH', '/app/installation', { repositories: [] });
      } else {
        backend.proxy.breakNext(REPOSITORY(name), { status: 404 });
        backend.proxy.breakNext(MEMBERSHIP, { status: 404 });
      }
      const refused = await undo(id);
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(
        as === 'app'
          ? /undo-unseen, which need not mean that it is gone: the GitHub App sees only selected/
          : /undo-unseen, which need not mean that it is gone: the token is not one of a member/,
      );

      // Nor does a retry forget what the run created
      if (as === 'token') {
        // Asked for by the check as well
        backend.proxy.breakNext(REPOSITORY(name), { status: 404 });
        backend.proxy.breakNext(REPOSITORY(name), { status: 404 });
        backend.proxy.breakNext(MEMBERSHIP, { status: 404 });
      }
      await backend.retry(id);
      expect((await backend.end(id)).error).toContain('need not be gone');
      if (as === 'app') {
        await control('PATCH', '/app/installation', { repositories: null });
      }
      expect((await undo(id)).status).toBe(200);
      expect(await exists(name)).toBe(false);
    });

    it('believes that a repository is gone which it would see', async () => {
      const name = 'undo-gone';
      const { id } = await failAt(name, TEAM(name), { status: 500 });
      await backend.api(repository(name), { method: 'DELETE' });
      const { status, body } = await undo(id);
      expect(status).toBe(200);
      expect(body.created).toMatchObject([{ state: 'undone' }]);
    });

    it('leaves a repository alone that holds other work, or has another name', async () => {
      const name = 'undo-worked';
      const { id } = await failAt(name, TEAM(name), { status: 500 });
      const folder = await clone(name);
      await git(folder, 'push', '--quiet', 'origin', 'HEAD:refs/heads/more');
      const worked = await undo(id);
      expect(worked.status).toBe(409);
      expect(worked.body.error.message).toContain('refs/heads/more');
      await git(folder, 'push', '--quiet', 'origin', ':refs/heads/more');

      await backend.api(repository(name), {
        method: 'PATCH',
        body: { name: 'undo-renamed' },
      });
      // As GitHub answers for the old name
      backend.proxy.breakNext(REPOSITORY(name), {
        status: 301,
        headers: {
          location: `http://localhost:${backend.proxy.port}/api/v3${repository(
            'undo-renamed',
          )}`,
        },
      });
      const renamed = await undo(id);
      expect(renamed.status).toBe(409);
      expect(renamed.body.error.message).toContain(
        `is ${pageOf('undo-renamed')} by now`,
      );
      expect(await exists('undo-renamed')).toBe(true);
    });
  });

  describe('a change to a repository that is there', () => {
    const template = 'template:default/propose';
    const branch = 'waymark/notes';

    async function create(name: string): Promise<string> {
      await backend.api(`/orgs/${ORGANIZATION}/repos`, {
        method: 'POST',
        body: { name, auto_init: true },
      });
      return clone(name);
    }

    it('is a pull request, one however often it is proposed', async () => {
      const folder = await create('existing');
      const values = { repositoryUrl: pageOf('existing'), branch };
      backend.proxy.breakNext(/POST .*\/existing\/pulls$/, { status: 500 });
      const failed = await run(values, template);
      expect(failed.status).toBe('failed');
      await backend.retry(failed.id);
      const first = await backend.end(failed.id);
      expect(first.error).toBe('');
      expect(first.output).toEqual({
        changeUrl: `${pageOf('existing')}/pull/${first.output.changeNumber}`,
        changeNumber: expect.any(Number),
        branch,
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      const second = await run(values, template);
      expect(second.output).toEqual(first.output);
      const { body: pulls } = await backend.api(
        `${repository('existing')}/pulls?state=all`,
      );
      expect(pulls).toHaveLength(1);
      expect(pulls[0]).toMatchObject({
        title: 'Add notes',
        body: 'So that they are noted',
        head: { ref: branch, sha: first.output.commit },
        base: { ref: 'main' },
      });
      const { body: files } = await backend.api(
        `${repository('existing')}/pulls/${first.output.changeNumber}/files`,
      );
      expect(files.map((file: { filename: string }) => file.filename)).toEqual([
        'notes.md',
      ]);

      const other = await run({ ...values, content: 'Others' }, template);
      expect(other.error).toMatch(/^branch: .*holds another change/);

      const merged = await backend.api(
        `${repository('existing')}/pulls/${first.output.changeNumber}/merge`,
        { method: 'PUT' },
      );
      expect(merged.status).toBe(200);
      const late = await run(values, template);
      expect(late.error).toBe(
        `repositoryUrl: the repository has a notes.md already: ${pageOf(
          'existing',
        )}/tree/main/notes.md`,
      );
      expect(await git(folder, 'ls-remote', 'origin', 'main')).not.toBe('');
    });

    it('finds the pull request that somebody else opened for the branch', async () => {
      await create('faster');
      backend.proxy.breakNext(/POST .*\/faster\/pulls$/, 'lose-answer');
      const values = { repositoryUrl: pageOf('faster'), branch };
      const first = await run(values, template);
      expect(first.status).toBe('failed');
      backend.proxy.breakNext(/GET .*\/faster\/pulls\?/, {
        status: 200,
        body: '[]',
      });
      const second = await run(values, template);
      expect(second.error).toBe('');
      expect(second.output.changeNumber).toEqual(expect.any(Number));
    });

    it('is refused where the portal has no business', async () => {
      for (const [repositoryUrl, message] of [
        [
          `${backend.github.url}/others/thing`,
          /changes are proposed only on localhost:\d+ in acme-rail/,
        ],
        [
          pageOf('not-there'),
          /there is no repository .*not-there, or the credentials .* may not see it: is the App installed there/,
        ],
      ] as const) {
        const { error } = await run({ repositoryUrl }, template);
        expect(error).toMatch(message);
      }
      await create('done-with');
      await backend.api(repository('done-with'), {
        method: 'PATCH',
        body: { archived: true },
      });
      const { error } = await run(
        { repositoryUrl: pageOf('done-with') },
        template,
      );
      expect(error).toMatch(/done-with is archived/);
    });
  });

  it('survives an answer that is nonsense', async () => {
    const { error } = await failAt('nonsense', REPOSITORY('nonsense'), {
      status: 200,
      body: '<html>Sign in</html>',
    });
    expect(error).toMatch(/something else than expected/);
  });

  it('writes its credentials nowhere', async () => {
    const { token, app } = backend.github;
    const secrets = [
      as === 'token' ? token : app.privateKey.split('\n')[1],
      as === 'token' ? token : app.clientSecret,
      // Tokens of installations
      'ghs_',
    ];
    expect(await backend.database.find(...secrets)).toEqual([]);
  });
});
