import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { git, writeTree } from '@waymark/backend-test-support';
import {
  GithubBackend,
  ORGANIZATION,
  startGithubBackend,
} from './__testUtils__/startGithubBackend';
import {
  laterVersion,
  nextVersion,
  upgradablePath,
} from './__testUtils__/upgradableTemplate';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const PATH =
  '/api/scaffolder/golden-path/upgrades/component/default/steady-api';
const REPOSITORY = `/repos/${ORGANIZATION}/steady-api`;

describe('an upgrade on GitHub', () => {
  let backend: GithubBackend;
  beforeAll(async () => {
    backend = await startGithubBackend({
      as: 'app',
      on: { databases, id: 'SQLITE_3' },
      files: upgradablePath,
    });
    await backend.until('the path is there', async () => {
      const entities = await Promise.all(
        ['steady', 'upgrade-golden-path'].map(name =>
          backend.entity(`template:default/${name}`),
        ),
      );
      return entities.every(Boolean);
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });

  const status = async () => (await backend.call(PATH)).body;

  async function release(files: Record<string, string>) {
    for (const [file, content] of Object.entries(files)) {
      await (content === ''
        ? unlink(join(backend.directory, file))
        : writeTree(backend.directory, { [file]: content }));
    }
    const [, version] =
      /version: (.+)/.exec(files['templates/steady/template.yaml']) ?? [];
    await backend.call('/api/catalog/refresh', {
      method: 'POST',
      body: JSON.stringify({ entityRef: 'template:default/steady' }),
    });
    await backend.until(`version ${version} is known`, async () =>
      (await status()).available?.pathVersion === version ? true : undefined,
    );
  }

  async function upgrade() {
    const { status: code, body } = await backend.call(PATH, {
      method: 'POST',
      body: JSON.stringify({}),
    });
    expect([code, body]).toEqual([201, { taskId: expect.any(String) }]);
    const run = await backend.end(body.taskId);
    expect(run.error).toBe('');
    return run.output;
  }

  const pull = async (number: number) =>
    (await backend.api(`${REPOSITORY}/pulls/${number}`)).body;

  it('is a pull request, opened again after it was closed, and closed by a newer one', async () => {
    const taskId = await backend.start(
      { name: 'steady-api', owner: 'payments' },
      undefined,
      'template:default/steady',
    );
    expect((await backend.end(taskId)).error).toBe('');
    await release(nextVersion);

    const first = await upgrade();
    const proposed = await status();
    expect(proposed).toMatchObject({
      state: 'proposed',
      proposal: {
        url: first.changeUrl,
        number: expect.any(Number),
        conflicts: [],
      },
    });
    const { number, commit } = proposed.proposal;
    expect(first.changeUrl).toMatch(new RegExp(`/steady-api/pull/${number}$`));
    expect(await pull(number)).toMatchObject({
      state: 'open',
      title: 'Upgrade to Steady service 1.10.0',
      head: { ref: first.branch },
      base: { ref: 'main' },
      body: expect.stringContaining('- shared: 1.0.0 → 1.2.0'),
    });
    const again = await backend.call(PATH, { method: 'POST', body: '{}' });
    expect([again.status, again.body.proposal]).toEqual([
      200,
      proposed.proposal,
    ]);

    await backend.api(`${REPOSITORY}/pulls/${number}`, {
      method: 'PATCH',
      body: { state: 'closed' },
    });
    expect((await status()).state).toBe('behind');
    await upgrade();
    const second = (await status()).proposal;
    expect(second.commit).toBe(commit);
    expect(second.number).not.toBe(number);

    await release(laterVersion('1.11.0'));
    const third = await upgrade();
    expect((await pull(second.number)).state).toBe('closed');
    const heads = await git(
      backend.directory,
      'ls-remote',
      '--heads',
      urlOf(backend),
    );
    expect(heads).not.toContain(first.branch);

    // Who reviews is not the matter here
    await backend.api(`${REPOSITORY}/branches/main/protection`, {
      method: 'DELETE',
    });
    const merged = await backend.api(
      `${REPOSITORY}/pulls/${third.changeNumber}/merge`,
      { method: 'PUT', body: { merge_method: 'merge' } },
    );
    expect(merged.status).toBe(200);
    expect(await status()).toMatchObject({
      state: 'current',
      current: { pathVersion: '1.11.0' },
    });

    await backend.api(REPOSITORY, {
      method: 'PATCH',
      body: { archived: true },
    });
    expect(await status()).toMatchObject({
      state: 'unknown',
      problem: { code: 'archived' },
    });
  });
});

function urlOf(backend: GithubBackend): string {
  const url = new URL(`${backend.github.url}/${ORGANIZATION}/steady-api.git`);
  url.username = 'x-access-token';
  url.password = backend.github.token;
  return url.toString();
}
