import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
  DatabaseService,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import { Fault } from './__testUtils__/FaultyProxy';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('on %s', databaseId => {
  const isFirst = databaseId === databases.eachSupportedId()[0][0];
  let backend: GoldenPathBackend;
  let scaffolderDatabase: DatabaseService;
  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      on: { databases, id: databaseId },
      features: [
        createBackendModule({
          pluginId: 'scaffolder',
          moduleId: 'database-access',
          register: env =>
            env.registerInit({
              deps: { database: coreServices.database },
              async init({ database }) {
                scaffolderDatabase = database;
              },
            }),
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend.stop();
  });
  beforeEach(() => {
    // A fault that did not happen would hit the next test
    if (backend.proxy.pendingFaults > 0) {
      throw new Error('The test before did not meet its fault');
    }
  });

  function answers(name: string, owner = 'group:default/payments') {
    return {
      name,
      owner,
      system: 'system:default/shop',
      description: 'Something useful',
    };
  }

  const runs = '/api/scaffolder/golden-path/runs';

  async function undo(taskId: string, user?: string) {
    return backend.call(`${runs}/${taskId}/undo`, { method: 'POST', user });
  }

  async function exists(name: string): Promise<boolean> {
    return (await backend.forge(`/repos/payments/${name}`)).status === 200;
  }

  /** Takes a run to its failure by a fault on the way to the forge. */
  async function failAt(
    name: string,
    place: RegExp,
    fault: Fault,
  ): Promise<{ taskId: string; error: string }> {
    backend.proxy.breakNext(place, fault);
    const taskId = await backend.start(answers(name));
    const { status, error } = await backend.end(taskId);
    expect(status).toBe('failed');
    return { taskId, error };
  }

  async function pushSomething(name: string, branch: string): Promise<void> {
    const folder = join(backend.directory, `push-${name}-${branch}`);
    const url = withCredentials(
      `${backend.forgeUrl}/payments/${name}.git`,
      FORGE_PASSWORD,
    );
    await git(backend.directory, 'clone', '--quiet', url, folder);
    await git(folder, 'checkout', '--quiet', '-B', branch);
    await writeTree(folder, { 'work.txt': 'by a person\n' });
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '--quiet', '-m', 'Work');
    await git(folder, 'push', '--quiet', 'origin', branch);
  }

  const ORG = /GET \/api\/forge\/api\/v1\/orgs\/payments$/;
  const LOOK = (name: string) =>
    new RegExp(`GET /api/forge/api/v1/repos/payments/${name}$`);
  const CREATE = /POST \/api\/forge\/api\/v1\/orgs\/payments\/repos$/;
  const REFS = /GET \/api\/forge\/.*\.git\/info\/refs\?service=git-upload-pack/;
  const ADVERTISE =
    /GET \/api\/forge\/.*\.git\/info\/refs\?service=git-receive-pack/;
  const PUSH = /POST \/api\/forge\/.*\.git\/git-receive-pack/;

  // The host's matter, whatever the database
  if (isFirst) {
    describe('with a host', () => {
      describe('a connection that breaks', () => {
        it.each<[string, string, RegExp, Fault, boolean]>([
          [
            'when the form is checked',
            'at-check',
            LOOK('at-check'),
            'lose-answer',
            false,
          ],
          [
            'when the organization is read',
            'at-org',
            ORG,
            'lose-request',
            false,
          ],
          [
            'before the repository is created',
            'at-create',
            CREATE,
            'lose-request',
            false,
          ],
          [
            'after the repository was created',
            'after-create',
            CREATE,
            'lose-answer',
            true,
          ],
          [
            'when the push begins',
            'at-advertise',
            ADVERTISE,
            'lose-request',
            true,
          ],
          ['in the middle of the push', 'at-push', PUSH, { status: 502 }, true],
          ['with a host that is ill', 'at-ill', CREATE, { status: 503 }, false],
        ])('%s: retry goes on', async (_, name, place, fault, isThere) => {
          const { taskId, error } = await failAt(name, place, fault);
          expect(error).toContain(
            error.startsWith('git ') ? 'failed' : backend.host,
          );
          expect(await exists(name)).toBe(isThere);

          await backend.retry(taskId);
          const { status, error: again } = await backend.end(taskId);
          expect(again).toBe('');
          expect(status).toBe('completed');
          expect(
            await backend.entity(`component:default/${name}`),
          ).toBeDefined();
          const { body } = await backend.call(`${runs}/${taskId}`);
          expect(body.created).toEqual([
            expect.objectContaining({
              name,
              state: 'created',
              confirmed: true,
            }),
          ]);
        });

        it('while it looks whether a push arrived: retry goes on', async () => {
          backend.proxy.breakNext(REFS, 'lose-request');
          const { taskId, error } = await failAt('at-refs', PUSH, {
            status: 502,
          });
          expect(error).toContain('git push failed');
          backend.proxy.breakNext(LOOK('at-refs'), { status: 500 });
          await backend.retry(taskId);
          expect((await backend.end(taskId)).status).toBe('failed');
          await backend.retry(taskId);
          expect((await backend.end(taskId)).status).toBe('completed');
        });

        it('does not matter after the push', async () => {
          backend.proxy.breakNext(PUSH, 'lose-answer');
          const taskId = await backend.start(answers('after-push'));
          const { status, error } = await backend.end(taskId);
          expect(error).toBe('');
          expect(status).toBe('completed');
        });

        it('does not repeat the steps that had ended well', async () => {
          const { taskId } = await failAt(
            'resumed-one',
            CREATE,
            'lose-request',
          );
          await backend.retry(taskId);
          const { status, events } = await backend.end(taskId);
          expect(status).toBe('completed');
          const messages = events.map(event => event.body.message);
          expect(messages).toEqual(
            expect.arrayContaining([
              expect.stringContaining('Skipping step check because'),
              expect.stringContaining('Skipping step render because'),
            ]),
          );
          expect(messages).not.toContain('Beginning step golden-path:render');
        });
      });

      it('never takes the repository of somebody else', async () => {
        // It appears between the check and the creation
        const { taskId } = await failAt('race-lost', CREATE, 'lose-request');
        const response = await backend.forge('/orgs/payments/repos', {
          method: 'POST',
          body: JSON.stringify({
            name: 'race-lost',
            description: '',
            default_branch: 'main',
          }),
        });
        expect(response.status).toBe(201);
        await pushSomething('race-lost', 'main');

        await backend.retry(taskId);
        const { status, error } = await backend.end(taskId);
        expect(status).toBe('failed');
        expect(error).toMatch(
          /^name: there is a repository .*\/race-lost already/,
        );

        const { body } = await undo(taskId);
        expect(body.undo.reason).toBe('the run created nothing');
        expect(await exists('race-lost')).toBe(true);
      });

      it('makes the repository again when it was deleted between two attempts', async () => {
        const { taskId } = await failAt('vanished', PUSH, { status: 502 });
        await backend.forge('/repos/payments/vanished', { method: 'DELETE' });
        await backend.retry(taskId);
        expect((await backend.end(taskId)).status).toBe('completed');
        expect(await exists('vanished')).toBe(true);
      });

      it('gives a name back whose repository was deleted on the host', async () => {
        const first = await backend.start(answers('second-life'));
        expect((await backend.end(first)).status).toBe('completed');
        await backend.forge('/repos/payments/second-life', {
          method: 'DELETE',
        });
        await backend.until('the entity is gone', async () =>
          (await backend.entity('component:default/second-life'))
            ? undefined
            : true,
        );
        const second = await backend.start(answers('second-life'));
        const { status, error } = await backend.end(second);
        expect(error).toBe('');
        expect(status).toBe('completed');
      });

      describe('undo', () => {
        it('also undoes what was pushed, and a retry makes it all again', async () => {
          // The catalog never hears of it, so the last step fails
          backend.proxy.breakNext(
            /GET \/api\/catalog\/entities\/by-query.*managed-by-location/,
            { status: 500 },
          );
          const taskId = await backend.start(answers('undo-full'));
          expect((await backend.end(taskId)).status).toBe('failed');
          expect(await exists('undo-full')).toBe(true);

          expect((await undo(taskId)).status).toBe(200);
          expect(await exists('undo-full')).toBe(false);

          await backend.retry(taskId);
          const { status, error } = await backend.end(taskId);
          expect(error).toBe('');
          expect(status).toBe('completed');
          expect(await exists('undo-full')).toBe(true);
        });

        it('deletes what it cannot be sure of only when it is empty and new', async () => {
          const { taskId } = await failAt('undo-doubt', CREATE, 'lose-answer');
          const { body } = await backend.call(`${runs}/${taskId}`);
          expect(body.created).toMatchObject([{ confirmed: false }]);
          expect(body.undo).toEqual({ possible: true });
          expect((await undo(taskId)).status).toBe(200);
          expect(await exists('undo-doubt')).toBe(false);
        });

        it('waits for what the host may still be making', async () => {
          const name = 'undo-late';
          const { taskId } = await failAt(name, CREATE, 'lose-request');
          const { body } = await backend.call(`${runs}/${taskId}`);
          expect(body.undo).toEqual({
            possible: false,
            reason: expect.stringContaining('may still make it'),
          });
          expect((await undo(taskId)).status).toBe(409);

          const made = await backend.forge('/orgs/payments/repos', {
            method: 'POST',
            body: JSON.stringify({
              name,
              description: '',
              default_branch: 'main',
            }),
          });
          expect(made.status).toBe(201);
          expect((await undo(taskId)).status).toBe(200);
          expect(await exists(name)).toBe(false);
        });

        it.each(['main', 'feature'])(
          'refuses when somebody pushed to %s since',
          async branch => {
            const name = `undo-worked-${branch}`;
            backend.proxy.breakNext(
              /GET \/api\/catalog\/entities\/by-query.*managed-by-location/,
              { status: 500 },
            );
            const taskId = await backend.start(answers(name));
            expect((await backend.end(taskId)).status).toBe('failed');
            // After an undo that broke off
            const remove = new RegExp(`DELETE .*/${name}$`);
            backend.proxy.breakNext(remove, { status: 500 });
            expect((await undo(taskId)).status).toBe(503);
            await pushSomething(name, branch);

            const { body } = await backend.call(`${runs}/${taskId}`);
            expect(body.undo).toEqual({
              possible: false,
              reason: expect.stringContaining(
                `holds other work by now (refs/heads/${branch})`,
              ),
            });
            expect((await undo(taskId)).status).toBe(409);
            expect(await exists(name)).toBe(true);

            // And a retry of such a run ends well
            await backend.retry(taskId);
            expect((await backend.end(taskId)).status).toBe('completed');
          },
        );

        it('looks for itself when the host says that a repository is empty', async () => {
          const name = 'undo-not-empty';
          const { taskId } = await failAt(name, PUSH, { status: 502 });
          await pushSomething(name, 'main');
          const told = await (
            await backend.forge(`/repos/payments/${name}`)
          ).json();
          backend.proxy.breakNext(LOOK(name), {
            status: 200,
            body: JSON.stringify({ ...told, empty: true }),
          });
          expect((await undo(taskId)).status).toBe(409);
          expect(await exists(name)).toBe(true);
        });

        it('leaves a repository alone that somebody made in the place of the deleted one', async () => {
          const name = 'undo-replaced';
          const { taskId } = await failAt(name, PUSH, { status: 502 });
          await backend.forge(`/repos/payments/${name}`, { method: 'DELETE' });
          const made = await backend.forge('/orgs/payments/repos', {
            method: 'POST',
            body: JSON.stringify({
              name,
              description: '',
              default_branch: 'main',
            }),
          });
          expect(made.status).toBe(201);

          const { status, body } = await undo(taskId);
          expect(status).toBe(200);
          expect(body.created).toMatchObject([{ name, state: 'undone' }]);
          expect(await exists(name)).toBe(true);
        });

        it('is for the one who started the run', async () => {
          const { taskId } = await failAt('undo-foreign', PUSH, {
            status: 502,
          });
          const stranger = 'user:default/stranger';
          const seen = await backend.call(`${runs}/${taskId}`, {
            user: stranger,
          });
          expect(seen.body.undo).toEqual({
            possible: false,
            reason: 'Only who started a run may undo it',
          });
          expect((await undo(taskId, stranger)).status).toBe(403);
          expect(await exists('undo-foreign')).toBe(true);
        });

        it('waits for the end of a run', async () => {
          const taskId = await backend.start(answers('undo-early'));
          const early = await undo(taskId);
          expect(early.status).toBe(400);
          expect((await backend.end(taskId)).status).toBe('completed');
          expect(await exists('undo-early')).toBe(true);
        });
      });
    });
  }

  it('lets only one of two runs have a name', async () => {
    const ids = await Promise.all([
      backend.start(answers('wanted-twice')),
      backend.start(answers('wanted-twice')),
    ]);
    const ends = await Promise.all(ids.map(id => backend.end(id)));
    expect(ends.map(({ status }) => status).sort()).toEqual([
      'completed',
      'failed',
    ]);
    expect(ends.map(({ error }) => error).sort()[1]).toMatch(/^name: /);
  });

  it('lets only one of two runs have a name, also in two organizations', async () => {
    const ids = await Promise.all([
      backend.start(answers('wanted-by-two')),
      backend.start(answers('wanted-by-two', 'group:default/freight')),
    ]);
    const ends = await Promise.all(ids.map(id => backend.end(id)));
    expect(ends.map(({ status }) => status).sort()).toEqual([
      'completed',
      'failed',
    ]);
    expect(ends.map(({ error }) => error).sort()[1]).toMatch(/^name: /);
    const found = await Promise.all(
      ['payments', 'Freight'].map(organization =>
        backend.forge(`/repos/${organization}/wanted-by-two`),
      ),
    );
    expect(found.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('takes up a run that was accepted and that no worker was told of', async () => {
    const { taskId } = await failAt('overlooked', CREATE, 'lose-request');
    // As another replica leaves it that ends right after it accepted the run
    const knex = await scaffolderDatabase.getClient();
    await knex('tasks')
      .where({ id: taskId })
      .update({ status: 'open', last_heartbeat_at: null });
    expect((await backend.end(taskId)).status).toBe('completed');
    expect(await exists('overlooked')).toBe(true);
  });

  it('creates nothing when the name came into the catalog after the check', async () => {
    const { taskId } = await failAt('named-since', CREATE, 'lose-request');
    const other = answers('named-since', 'group:default/freight');
    expect((await backend.end(await backend.start(other))).status).toBe(
      'completed',
    );

    await backend.retry(taskId);
    const { status, error } = await backend.end(taskId);
    expect(status).toBe('failed');
    expect(error).toBe(
      "name: 'named-since' is taken: there is component:default/named-since in the catalog",
    );
    expect(await exists('named-since')).toBe(false);
  });

  describe('undo', () => {
    it('deletes what the run created, once, and lets it begin again', async () => {
      const { taskId } = await failAt('undo-empty', PUSH, { status: 502 });
      expect(await exists('undo-empty')).toBe(true);
      const before = await backend.call(`${runs}/${taskId}`);
      expect(before.body).toMatchObject({
        status: 'failed',
        created: [{ name: 'undo-empty', state: 'created' }],
        undo: { possible: true },
      });

      const both = await Promise.all([undo(taskId), undo(taskId)]);
      expect(both.map(({ status }) => status)).toContain(200);
      expect([200, 409]).toEqual(
        expect.arrayContaining(both.map(({ status }) => status)),
      );
      expect(await exists('undo-empty')).toBe(false);

      const after = await undo(taskId);
      expect(after).toMatchObject({
        status: 200,
        body: {
          created: [{ name: 'undo-empty', state: 'undone' }],
          undo: {
            possible: false,
            reason: 'everything the run created was undone already',
          },
        },
      });

      await backend.retry(taskId);
      const { status, error } = await backend.end(taskId);
      expect(error).toBe('');
      expect(status).toBe('completed');
      expect(await exists('undo-empty')).toBe(true);
    });

    it('stays possible after the host failed in the middle of it', async () => {
      const { taskId } = await failAt('undo-twice', PUSH, { status: 502 });
      backend.proxy.breakNext(/DELETE .*undo-twice/, { status: 500 });
      expect((await undo(taskId)).status).toBe(503);

      // Half undone: a retry would build on what is going away
      await backend.retry(taskId);
      const { error } = await backend.end(taskId);
      expect(error).toMatch(/is being undone/);

      expect((await undo(taskId)).status).toBe(200);
      expect(await exists('undo-twice')).toBe(false);
    });
  });

  it('writes the password nowhere, whatever went wrong', async () => {
    const basic = Buffer.from(`waymark:${FORGE_PASSWORD}`).toString('base64');
    const { status, stdout } = spawnSync(
      'grep',
      ['-raFl', '-e', FORGE_PASSWORD, '-e', basic, 'work', 'repositories'],
      { cwd: backend.directory, encoding: 'utf8' },
    );
    // grep found nothing, rather than failed
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(await backend.database.find(FORGE_PASSWORD, basic)).toEqual([]);
  });
});
