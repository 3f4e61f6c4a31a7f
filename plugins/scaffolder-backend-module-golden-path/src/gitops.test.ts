import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import { Fault } from './__testUtils__/FaultyProxy';
import {
  GithubBackend,
  ORGANIZATION,
  startGithubBackend,
} from './__testUtils__/startGithubBackend';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';
import {
  laterVersion,
  upgradablePath,
} from './__testUtils__/upgradableTemplate';
import { upgrading } from './__testUtils__/upgrading';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const runs = '/api/scaffolder/golden-path/runs';
const STAGING = 'staging/application.yaml';
const INGEST = /GET \/api\/catalog\/entities\/by-query.*managed-by-location/;

function answers(name: string, rest: JsonObject = {}) {
  return {
    name,
    owner: 'group:default/payments',
    description: 'Something useful',
    ...rest,
  };
}

/** A clone of the GitOps repository, as somebody who works on it has it. */
class Clone {
  private constructor(readonly folder: string) {}

  static async of(url: string, folder: string): Promise<Clone> {
    await rm(folder, { recursive: true, force: true });
    await git(join(folder, '..'), 'clone', '--quiet', url, folder);
    return new Clone(folder);
  }

  async pull(): Promise<void> {
    await git(this.folder, 'pull', '--quiet', '--prune');
  }

  async files(branch = 'origin/main'): Promise<string[]> {
    await git(this.folder, 'fetch', '--quiet', '--prune');
    const list = await git(this.folder, 'ls-tree', '-r', '--name-only', branch);
    return list.split('\n').filter(Boolean);
  }

  async subjects(branch = 'origin/main'): Promise<string[]> {
    await git(this.folder, 'fetch', '--quiet', '--prune');
    return (await git(this.folder, 'log', '--format=%s', branch))
      .split('\n')
      .filter(Boolean);
  }

  async show(path: string, branch = 'origin/main'): Promise<string> {
    return git(this.folder, 'show', `${branch}:${path}`);
  }

  async push(files: Record<string, string>, to: string): Promise<void> {
    await git(this.folder, 'fetch', '--quiet', '--prune');
    await git(
      this.folder,
      'checkout',
      '--quiet',
      '--detach',
      await this.start(to),
    );
    await writeTree(this.folder, files);
    await git(this.folder, 'add', '-A');
    await git(this.folder, 'commit', '--quiet', '-m', 'By a person');
    await git(
      this.folder,
      'push',
      '--quiet',
      'origin',
      `HEAD:refs/heads/${to}`,
    );
  }

  private async start(branch: string): Promise<string> {
    const branches = await git(this.folder, 'branch', '--remotes');
    return branches.includes(`origin/${branch}\n`) ||
      branches.endsWith(`origin/${branch}`)
      ? `origin/${branch}`
      : 'origin/main';
  }
}

/** The template of upgrades, with a step that hands services of size 2 over. */
const delivering = (template: string) =>
  template.replace(
    '    - id: ingest\n',
    `    - id: deliver
      if: \${{ parameters.size === 2 }}
      action: golden-path:deliver
      input:
        name: \${{ parameters.name }}
        owner: \${{ steps.check.output.owner }}
        values: \${{ steps.render.output.values }}
    - id: ingest
`,
  );

const folderFiles = (name: string) => [
  `apps/${name}/production/application.yaml`,
  `apps/${name}/project.yaml`,
  `apps/${name}/${STAGING}`,
];

describe.each(databases.eachSupportedId())('by commits, on %s', id => {
  const isFirst = id === databases.eachSupportedId()[0][0];
  const CREATE = /POST \/api\/forge\/api\/v1\/orgs\/platform\/repos$/;
  const ADVERTISE =
    /GET \/api\/forge\/platform\/gitops\.git\/info\/refs\?service=git-receive-pack/;
  const PUSH = /POST \/api\/forge\/platform\/gitops\.git\/git-receive-pack/;
  const LOOK =
    /GET \/api\/forge\/platform\/gitops\.git\/info\/refs\?service=git-upload-pack/;

  let backend: GoldenPathBackend;
  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      on: { databases, id },
      organizations: ['payments', 'freight', 'platform'],
      files: {
        ...upgradablePath,
        'templates/steady/template.yaml': delivering(
          String(upgradablePath['templates/steady/template.yaml']),
        ),
        'templates/steady/skeleton/image.txt': 'main\n',
      },
      goldenPath: () => ({
        gitops: { owner: 'group:default/platform', repository: 'gitops' },
      }),
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

  const clone = () =>
    Clone.of(
      withCredentials(
        `${backend.forgeUrl}/platform/gitops.git`,
        FORGE_PASSWORD,
      ),
      join(backend.directory, 'clone'),
    );
  const folderUrl = (name: string) =>
    `${backend.forgeUrl}/platform/gitops/src/branch/main/apps/${name}`;

  async function run(values: JsonObject) {
    const taskId = await backend.start(values);
    return { taskId, ...(await backend.end(taskId)) };
  }

  async function failAt(name: string, place: RegExp, fault: Fault) {
    backend.proxy.breakNext(place, fault);
    const result = await run(answers(name));
    expect(result.status).toBe('failed');
    return result;
  }

  async function goOn(taskId: string) {
    await backend.retry(taskId);
    const { status, error, output } = await backend.end(taskId);
    expect({ status, error }).toEqual({ status: 'completed', error: '' });
    return output;
  }

  const undo = (taskId: string) =>
    backend.call(`${runs}/${taskId}/undo`, { method: 'POST' });

  it('makes one repository for many first runs at once, and loses no commit', async () => {
    // As many as work at a time; on the other databases enough to race
    const names = Array.from(
      { length: isFirst ? 10 : 3 },
      (_, index) => `first-${index}`,
    );
    const ids = await Promise.all(
      names.map(name => backend.start(answers(name))),
    );
    const results = [];
    // One by one: ten that ask all the time would take from what they wait for
    for (const taskId of ids) {
      results.push({ taskId, ...(await backend.end(taskId)) });
    }
    expect(results.map(({ error }) => error)).toEqual(names.map(() => ''));
    expect(results.map(({ output }) => output.delivery)).toEqual(
      names.map(folderUrl),
    );

    const repository = await clone();
    expect(await repository.files()).toEqual(
      ['README.md', ...names.flatMap(folderFiles)].sort(),
    );
    const [first, ...others] = (await repository.subjects()).reverse();
    expect(first).toBe('Begin with what runs where');
    expect(others.sort()).toEqual(names.map(name => `Deliver ${name}`));
    expect(await repository.show(`apps/first-2/${STAGING}`)).toBe(
      `source: ${backend.forgeUrl}/payments/first-2.git\nbranch: main\nregistry: group:default/payments\n`,
    );
    expect(await repository.show('README.md')).toBe(
      `# ${backend.forgeUrl}/platform/gitops of platform\n`,
    );
    const { body } = await backend.call(`${runs}/${results[2].taskId}`);
    expect(body.created).toMatchObject([
      { kind: 'repository', name: 'first-2', confirmed: true },
      { kind: 'folder', url: folderUrl('first-2'), confirmed: true },
    ]);
  });

  it('lets only one of two runs have a name', async () => {
    const both = await Promise.all([
      run(answers('wanted')),
      run(answers('wanted')),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'completed',
      'failed',
    ]);
    const lost = both.find(({ status }) => status === 'failed')!;
    expect(lost.error).toMatch(/^name: /);
    const { body } = await backend.call(`${runs}/${lost.taskId}`);
    expect(body.created).toEqual([]);
    const repository = await clone();
    expect(
      (await repository.files()).filter(path => path.includes('/wanted/')),
    ).toEqual(folderFiles('wanted'));
  });

  // Git and the host, whatever the database
  if (!isFirst) {
    return;
  }

  it('takes its folder back, once, unless others have worked on it', async () => {
    const name = 'taken-back';
    backend.proxy.breakNext(INGEST, { status: 500 });
    const { taskId } = await run(answers(name));
    const repository = await clone();
    expect(await repository.files()).toEqual(
      expect.arrayContaining(folderFiles(name)),
    );
    // A history without its commit does not say whether others have worked on it
    const head = await git(repository.folder, 'rev-parse', 'origin/main');
    await git(
      repository.folder,
      'checkout',
      '--quiet',
      '--orphan',
      'rewritten',
    );
    await git(repository.folder, 'commit', '--quiet', '-m', 'All in one');
    const force = (from: string) =>
      git(
        repository.folder,
        'push',
        '--quiet',
        '--force',
        'origin',
        `${from}:main`,
      );
    await force('HEAD');
    const rewritten = await undo(taskId);
    expect([rewritten.status, rewritten.body.error?.message]).toEqual([
      409,
      expect.stringContaining('was rewritten'),
    ]);
    await force(head.trim());
    await git(
      repository.folder,
      'checkout',
      '--quiet',
      '-B',
      'main',
      'origin/main',
    );

    await repository.push({ [`apps/${name}/more.yaml`]: 'more\n' }, 'main');
    const refused = await undo(taskId);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('was changed by others since');
    expect((await backend.forge(`/repos/payments/${name}`)).status).toBe(200);

    // By a revert the folder is as it was, but for whoever made it so
    await git(repository.folder, 'revert', '--no-edit', 'HEAD');
    await git(repository.folder, 'push', '--quiet', 'origin', 'HEAD:main');
    expect((await undo(taskId)).status).toBe(409);
    await git(repository.folder, 'rm', '-r', '--quiet', `apps/${name}`);
    await git(repository.folder, 'commit', '--quiet', '-m', 'Remove');
    await git(repository.folder, 'push', '--quiet', 'origin', 'HEAD:main');
    expect((await undo(taskId)).status).toBe(200);

    backend.proxy.breakNext(INGEST, { status: 500 });
    await backend.retry(taskId);
    expect((await backend.end(taskId)).status).toBe('failed');
    backend.proxy.breakNext(PUSH, { status: 502 });
    expect((await undo(taskId)).status).toBe(500);
    const both = await Promise.all([undo(taskId), undo(taskId)]);
    expect(both.map(({ status }) => status)).toContain(200);
    expect(
      (await repository.files()).filter(path => path.includes(name)),
    ).toEqual([]);
    expect((await repository.subjects())[0]).toBe(`Take ${name} back`);
    const { body } = await backend.call(`${runs}/${taskId}`);
    expect(
      body.created.map(({ kind, state }: JsonObject) => [kind, state]),
    ).toEqual([
      ['repository', 'undone'],
      ['folder', 'undone'],
    ]);

    await goOn(taskId);
    expect(await repository.files()).toEqual(
      expect.arrayContaining(folderFiles(name)),
    );
  });

  it('goes on where an undo broke off, and was then refused', async () => {
    const name = 'broken-off';
    const { taskId } = await failAt(name, INGEST, { status: 500 });
    backend.proxy.breakNext(PUSH, { status: 502 });
    expect((await undo(taskId)).status).toBe(500);
    const repository = await clone();
    const path = `apps/${name}/more.yaml`;
    await repository.push({ [path]: 'more\n' }, 'main');
    expect((await undo(taskId)).body.error.message).toContain(
      'was changed by others since',
    );
    await goOn(taskId);
    expect(await repository.show(path)).toBe('more\n');
  });

  it.each<[string, string, RegExp, Fault]>([
    ['before the repository is created', 'at-create', CREATE, 'lose-request'],
    ['after the repository was created', 'created', CREATE, 'lose-answer'],
    ['before its first commit', 'at-first', PUSH, { status: 502 }],
  ])('goes on after a failure %s', async (_, name, place, fault) => {
    await backend.forge('/repos/platform/gitops', { method: 'DELETE' });
    const { taskId, error } = await failAt(name, place, fault);
    expect(error).toMatch(/localhost|git push failed/);
    expect((await goOn(taskId)).delivery).toBe(folderUrl(name));
    const repository = await clone();
    expect(await repository.subjects()).toEqual([
      `Deliver ${name}`,
      'Begin with what runs where',
    ]);
  });

  it('asks for a name that somebody else has only a few times', async () => {
    await backend.forge('/repos/platform/gitops', { method: 'DELETE' });
    for (let count = 0; count < 5; count++) {
      backend.proxy.breakNext(CREATE, { status: 409 });
    }
    const { taskId, error } = await run(answers('unseen'));
    expect(error).toContain('scaffolder.goldenPath.gitops.repository: ');
    expect(error).toContain('name another one');
    expect(backend.proxy.pendingFaults).toBe(0);
    expect((await goOn(taskId)).delivery).toBe(folderUrl('unseen'));
  });

  it('goes on top of what others commit at the same moment', async () => {
    const repository = await clone();
    const pushBefore = (...notes: string[]) =>
      backend.proxy.breakNext(PUSH, async () => {
        const [note, ...others] = notes;
        await repository.push({ [`notes/${note}.md`]: 'note\n' }, 'main');
        if (others.length > 0) {
          pushBefore(...others);
        }
      });
    pushBefore('one', 'two');
    const { error } = await run(answers('on-top'));
    expect(error).toBe('');
    expect((await repository.subjects()).slice(0, 3)).toEqual([
      'Deliver on-top',
      'By a person',
      'By a person',
    ]);
  });

  it('commits once, whatever breaks on the way', async () => {
    // While it looks what is there, and after that in the middle of the push
    const { taskId, error } = await failAt('at-look', LOOK, { status: 502 });
    expect(error).toContain('git fetch failed');
    backend.proxy.breakNext(PUSH, { status: 502 });
    await backend.retry(taskId);
    expect((await backend.end(taskId)).error).toContain('git push failed');
    // The answer is lost, and the run goes on by itself
    backend.proxy.breakNext(PUSH, 'lose-answer');
    await goOn(taskId);
    const repository = await clone();
    expect(
      (await repository.subjects()).filter(line => line === 'Deliver at-look'),
    ).toHaveLength(1);
  });

  it('commits nothing when the same run comes again, whatever others made of it', async () => {
    // It arrives, and the run cannot know
    backend.proxy.breakNext(ADVERTISE, async () =>
      backend.proxy.breakNext(LOOK, { status: 502 }),
    );
    const { taskId, error } = await failAt('twice', PUSH, 'lose-answer');
    expect(error).toContain('git push failed');
    const repository = await clone();
    const { length } = await repository.subjects();
    const path = 'apps/twice/production/application.yaml';
    await repository.push({ [path]: 'tag: 1.0.0\n' }, 'main');

    await goOn(taskId);
    expect(await repository.show(path)).toBe('tag: 1.0.0\n');
    expect(await repository.subjects()).toHaveLength(length + 1);
  });

  it('never touches the folder of another service', async () => {
    const repository = await clone();
    const other = (name: string) => ({
      [`apps/${name}/${STAGING}`]: `source: https://elsewhere.example/${name}.git\n`,
    });
    await repository.push(other('foreign'), 'main');
    const message = `'foreign' is taken: Argo CD runs another service of that name from ${folderUrl(
      'foreign',
    )}`;
    const { body } = await backend.call(
      '/api/scaffolder/golden-path/checks?name=foreign&owner=payments',
    );
    expect(body.errors).toEqual([{ field: 'name', message }]);
    expect((await run(answers('foreign'))).error).toBe(`name: ${message}`);
    expect((await run(answers('gitops'))).error).toMatch(
      /^name: 'gitops' is taken/,
    );

    // It appears between the check and the delivery
    const { taskId } = await failAt('late', LOOK, { status: 502 });
    await repository.push(other('late'), 'main');
    await backend.retry(taskId);
    expect((await backend.end(taskId)).error).toMatch(
      /^name: 'late' is taken: Argo CD runs another service/,
    );
    expect((await undo(taskId)).status).toBe(200);
    expect(await repository.show(`apps/late/${STAGING}`)).toBe(
      other('late')[`apps/late/${STAGING}`],
    );
    expect((await backend.forge('/repos/payments/late')).status).toBe(404);
  });

  it('renders an upgrade for Argo CD only where a service is handed to it', async () => {
    const portal = upgrading(backend);
    await portal.make('older');
    await portal.make('by-hand', {
      leftOut: [{ part: 'delivery', reason: 'Later, and by hand' }],
    });
    await portal.make('by-run', { size: 2 });
    const repository = await clone();
    await repository.push(
      {
        'apps/by-hand/staging/kustomization.yaml': `resources: ['${portal.repository(
          'by-hand',
        )}.git//deploy']\n`,
      },
      'main',
    );
    // What a run delivered counts also while its folder is not there, as before
    // a pull request is merged
    await git(repository.folder, 'rm', '-r', '--quiet', 'apps/by-run');
    await git(repository.folder, 'commit', '--quiet', '-m', 'Remove');
    await git(repository.folder, 'push', '--quiet', 'origin', 'HEAD:main');

    await portal.release(
      {
        'templates/steady/template.yaml': delivering(
          String(laterVersion('1.1.0')['templates/steady/template.yaml']),
        ),
        'templates/steady/skeleton/image.txt':
          '{% if values.gitops %}in ${{ values.gitops.folder }}{% else %}main{% endif %}\n',
      },
      'older',
    );
    const image = async (name: string) => {
      const { body } = await portal.preview(name);
      expect(body.files).toEqual(expect.any(Array));
      return body.files.find(({ path }: JsonObject) => path === 'image.txt')
        ?.diff;
    };
    const isDelivered = async (name: string) =>
      (
        await portal.asPlugin('delivered', {
          service: name,
          repository: portal.repository(name),
        })
      ).delivered;
    expect(await isDelivered('older')).toBe(false);
    expect(await isDelivered('by-hand')).toBe(true);
    expect(await image('older')).toBeUndefined();
    expect(await image('by-hand')).toContain('-main\n+in apps/by-hand');
    expect(await image('by-run')).toContain('-main\n+in apps/by-run');
  });

  it('delivers nothing where that part is left out', async () => {
    const { status, output } = await run(
      answers('left-out', {
        leftOut: [{ part: 'delivery', reason: 'Runs on a mainframe' }],
      }),
    );
    expect(status).toBe('completed');
    expect(output.delivery ?? '').toBe('');
    expect(
      (await (await clone()).files()).filter(path => /left-out/.test(path)),
    ).toEqual([]);
  });
});

describe('by pull requests, on GitHub', () => {
  const CREATE = /POST \/api\/v3\/orgs\/acme-rail\/repos$/;
  const PULLS = /POST \/api\/v3\/repos\/acme-rail\/gitops\/pulls$/;
  const PROTECT =
    /PUT \/api\/v3\/repos\/acme-rail\/gitops\/branches\/main\/protection$/;
  const gitops = `/repos/${ORGANIZATION}/gitops`;

  let backend: GithubBackend;
  let repository: Clone;
  beforeAll(async () => {
    backend = await startGithubBackend({
      as: 'app',
      on: { databases, id: databases.eachSupportedId()[0][0] },
      goldenPath: {
        gitops: { owner: 'group:default/payments', repository: 'gitops' },
      },
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });

  async function run(name: string) {
    const taskId = await backend.start(answers(name));
    return { taskId, ...(await backend.end(taskId)) };
  }
  async function pulls(name: string): Promise<any[]> {
    const { body } = await backend.api(`${gitops}/pulls?state=all`);
    return body.filter(
      (pull: any) => pull.head.ref === `waymark/deliver-${name}`,
    );
  }
  const undo = (taskId: string) =>
    backend.call(`${runs}/${taskId}/undo`, { method: 'POST' });
  async function failAtIngest(name: string) {
    backend.proxy.breakNext(PULLS, 'lose-answer');
    const result = await run(name);
    expect(result.error).toContain(backend.github.host);
    return result.taskId;
  }

  it('makes one repository for two first runs at once, set up as its owner needs it', async () => {
    backend.proxy.breakNext(PROTECT, { status: 502 });
    const both = await Promise.all([run('one'), run('two')]);
    for (const { taskId, status } of both) {
      // Whoever met the fault; the other one has made up for it
      if (status === 'failed') {
        await backend.retry(taskId);
      }
      const { error } = await backend.end(taskId);
      expect(error).toBe('');
    }
    expect(
      backend.proxy.requests.filter(line => CREATE.test(line)).length,
    ).toBeLessThanOrEqual(4);

    const [[one], [two]] = [await pulls('one'), await pulls('two')];
    expect([one.title, two.title]).toEqual(['Deliver one', 'Deliver two']);
    const { body: teams } = await backend.api(`${gitops}/teams`);
    expect(teams.map((team: any) => team.slug)).toEqual(['payments']);
    const { status } = await backend.api(`${gitops}/branches/main/protection`);
    expect(status).toBe(200);

    const url = new URL(`${backend.github.url}/${ORGANIZATION}/gitops.git`);
    url.username = 'x-access-token';
    url.password = backend.github.token;
    repository = await Clone.of(
      url.toString(),
      join(backend.directory, 'gitops-clone'),
    );
    expect(await repository.files()).toEqual(['README.md']);
    expect(await repository.files('origin/waymark/deliver-one')).toEqual(
      ['README.md', ...folderFiles('one')].sort(),
    );
    const { body } = await backend.call(`${runs}/${both[0].taskId}`);
    expect(body.created[1]).toMatchObject({
      kind: 'pull request',
      url: one.html_url,
      state: 'created',
      confirmed: true,
    });
  });

  it('finds its pull request again, and takes it back', async () => {
    const taskId = await failAtIngest('found');
    await backend.retry(taskId);
    const { error, output } = await backend.end(taskId);
    expect(error).toBe('');
    const [pull, ...others] = await pulls('found');
    expect(others).toEqual([]);
    expect(output.delivery).toBe(pull.html_url);

    const again = await failAtIngest('dropped');
    const worked = { 'apps/dropped/more.yaml': 'more\n' };
    await repository.push(worked, 'waymark/deliver-dropped');
    const refused = await undo(again);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('others have worked on');
    await backend.retry(again);
    expect((await backend.end(again)).error).toMatch(
      /has a branch waymark\/deliver-dropped on which others have worked/,
    );
    await git(
      repository.folder,
      'push',
      '--quiet',
      '--force',
      'origin',
      'HEAD~1:refs/heads/waymark/deliver-dropped',
    );
    expect((await undo(again)).status).toBe(200);
    expect((await pulls('dropped')).map(({ state }) => state)).toEqual([
      'closed',
    ]);
    await expect(
      repository.files('origin/waymark/deliver-dropped'),
    ).rejects.toThrow();
  });

  it('proposes nothing that is merged, and takes nothing back that is', async () => {
    const taskId = await failAtIngest('merged');
    const [{ number }] = await pulls('merged');
    await backend.api(`${gitops}/branches/main/protection`, {
      method: 'DELETE',
    });
    const merged = await backend.api(`${gitops}/pulls/${number}/merge`, {
      method: 'PUT',
      body: {},
    });
    expect(merged.status).toBe(200);
    const refused = await undo(taskId);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('was merged');
    await backend.retry(taskId);
    const { error, output } = await backend.end(taskId);
    expect(error).toBe('');
    expect(output.delivery).toMatch(/\/tree\/main\/apps\/merged$/);
    expect(await pulls('merged')).toHaveLength(1);
  });

  it('leaves what people made of it after the merge', async () => {
    const name = 'changed';
    const taskId = await failAtIngest(name);
    const [{ number }] = await pulls(name);
    const merged = await backend.api(`${gitops}/pulls/${number}/merge`, {
      method: 'PUT',
      body: {},
    });
    expect(merged.status).toBe(200);
    const path = `apps/${name}/production/application.yaml`;
    await repository.push({ [path]: 'tag: 1.0.0\n' }, 'main');
    await backend.retry(taskId);
    expect((await backend.end(taskId)).error).toBe('');
    expect(await repository.show(path)).toBe('tag: 1.0.0\n');
    expect(await pulls(name)).toHaveLength(1);
  });
});
