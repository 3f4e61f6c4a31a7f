import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { git } from '@waymark/backend-test-support';
// The backend of the credentials stands for itself; no part of it is in here
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import ciCredentials from '@waymark/plugin-ci-credentials-backend';
import {
  CiCredentialHands,
  readForgeSecret,
} from '../__testUtils__/ciCredentialHands';
import { Fault } from '../__testUtils__/FaultyProxy';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from '../__testUtils__/startGoldenPathBackend';
import { RENEWAL_TASK } from './scheduleRenewal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
// What keeps them is tested on each database; here it is about when they come and go
const oneOfThem = databases.eachSupportedId().slice(-1);

const ISSUE = /POST \/api\/ci-credentials\/issued$/;
const SETTLE = /POST \/api\/ci-credentials\/issued\/settle$/;
const STORE = /PUT \/api\/forge\/.*\/actions\/secrets\/WAYMARK_TOKEN$/;
const PUSH = /POST \/api\/forge\/.*\.git\/git-receive-pack/;

function answers(name: string) {
  return {
    name,
    owner: 'group:default/payments',
    system: 'system:default/shop',
    description: 'Something useful',
  };
}

describe.each(oneOfThem)('credentials on %s', id => {
  let backend: GoldenPathBackend;
  const hands = new CiCredentialHands();

  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      features: [ciCredentials, ...hands.features],
      on: { databases, id },
      // A test says when a task runs, and waits for its end
      scheduler: mockServices.scheduler.factory(),
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });

  const url = (name: string) => `${backend.forgeUrl}/payments/${name}`;

  async function active(name: string): Promise<string[]> {
    const rows = await hands.rows(url(name));
    return rows.filter(row => !row.revoked_at).map(row => row.id);
  }

  /** The token that the pipeline of a repository would find. */
  async function storedToken(name: string): Promise<string> {
    const answer = await backend.forge(`/repos/payments/${name}`);
    return readForgeSecret({
      directory: join(backend.directory, 'repositories'),
      password: FORGE_PASSWORD,
      repositoryId: (await answer.json()).id,
      name: 'WAYMARK_TOKEN',
    });
  }

  async function verify(token: string): Promise<{ status: number; body: any }> {
    return backend.call('/api/ci-credentials/verify', {
      method: 'POST',
      body: JSON.stringify({ token }),
    });
  }

  /** There is exactly one, and it is the one that the pipeline finds. */
  async function expectOneInPlace(name: string): Promise<string> {
    const [only, ...others] = await active(name);
    expect(others).toEqual([]);
    const token = await storedToken(name);
    expect(await verify(token)).toEqual({
      status: 200,
      body: {
        subject: `ci:token:${only}`,
        source: url(name),
        entityRefs: [`component:default/${name}`],
        ownEntityRefs: [`component:default/${name}`],
        sourceVerified: true,
        expiresAt: expect.any(String),
      },
    });
    return token;
  }

  async function run(name: string): Promise<string> {
    const taskId = await backend.start(answers(name));
    const { status, error, events } = await backend.end(taskId);
    expect(error).toBe('');
    expect(status).toBe('completed');
    return JSON.stringify(events);
  }

  it('comes with a new repository, and its token is nowhere else', async () => {
    const log = await run('fresh');
    expect(log).toContain(
      'Stored a credential for component:default/fresh as the secret WAYMARK_TOKEN, valid until ',
    );
    const token = await expectOneInPlace('fresh');
    const secret = token.split('_')[3];
    expect(log).not.toContain(secret);
    expect(await backend.database.find(secret)).toEqual([]);

    const { body } = await backend.call(
      '/api/ci-credentials/credentials?entityRef=component:default/fresh',
    );
    expect(body.items).toEqual([
      expect.objectContaining({
        source: url('fresh'),
        entityRefs: ['component:default/fresh'],
        issuedBy: 'golden-path',
        createdBy: 'plugin:scaffolder',
      }),
    ]);

    const clone = join(backend.directory, 'clone-fresh');
    await git(backend.directory, 'clone', '--quiet', url('fresh'), clone);
    const inRepository = spawnSync('git', [
      '-C',
      clone,
      'grep',
      '-F',
      secret,
      ...(await git(clone, 'rev-list', '--all')).split('\n').filter(Boolean),
    ]);
    expect(inRepository.status).toBe(1);
    const onDisk = spawnSync('grep', ['-raF', secret, backend.directory]);
    expect(onDisk.status).toBe(1);
  });

  it.each<[string, string, RegExp, Fault]>([
    ['before it is issued', 'f-issue', ISSUE, 'lose-request'],
    ['after it was issued', 'f-issued', ISSUE, 'lose-answer'],
    ['before it is stored', 'f-store', STORE, 'lose-request'],
    ['after it was stored', 'f-stored', STORE, 'lose-answer'],
    ['when the forge is ill', 'f-ill', STORE, { status: 503 }],
    ['before the others end', 'f-settle', SETTLE, 'lose-request'],
    ['after the others ended', 'f-settled', SETTLE, 'lose-answer'],
    ['in the push that follows', 'f-push', PUSH, { status: 502 }],
  ])('breaks off %s: a retry leaves one', async (_, name, place, fault) => {
    backend.proxy.breakNext(place, fault);
    const taskId = await backend.start(answers(name));
    expect((await backend.end(taskId)).status).toBe('failed');
    expect(backend.proxy.pendingFaults).toBe(0);

    await backend.retry(taskId);
    expect((await backend.end(taskId)).status).toBe('completed');
    await expectOneInPlace(name);
  });

  it('is made once more when somebody else was at it', async () => {
    backend.proxy.breakNext(SETTLE, { status: 409 });
    await run('contended');
    expect(backend.proxy.pendingFaults).toBe(0);
    await expectOneInPlace('contended');
  });

  it('ends with an undo', async () => {
    backend.proxy.breakNext(PUSH, { status: 502 });
    const taskId = await backend.start(answers('undone'));
    expect((await backend.end(taskId)).status).toBe('failed');
    const token = await expectOneInPlace('undone');
    const { status } = await backend.call(
      `/api/scaffolder/golden-path/runs/${taskId}/undo`,
      { method: 'POST' },
    );
    expect(status).toBe(200);
    const answer = await verify(token);
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('the repository was deleted');
    expect(await active('undone')).toEqual([]);
  });

  it('ends with its repository', async () => {
    await run('deleted');
    const token = await expectOneInPlace('deleted');
    await backend.forge('/repos/payments/deleted', { method: 'DELETE' });
    await backend.until('it is revoked', async () =>
      (await active('deleted')).length === 0 ? true : undefined,
    );
    expect((await verify(token)).status).toBe(401);
  });

  it('is renewed in time, and ends when its repository has vanished', async () => {
    await run('renewed');
    await run('vanished');
    const fresh = await expectOneInPlace('fresh');
    const before = await expectOneInPlace('renewed');
    const soon = new Date(Date.now() + 13 * 86_400_000).toISOString();
    await hands
      .knex('ci_credentials')
      .where({ issue_key: url('renewed') })
      .update({ expires_at: soon });
    // Without the forge, nobody hears of it
    await hands
      .knex('ci_credentials')
      .where({ issue_key: url('vanished') })
      .update({ issue_key: url('never-was'), source: url('never-was') });

    // What fails for one does not keep the others from it
    backend.proxy.breakNext(STORE, 'lose-request');
    await hands.scheduler.triggerTask(RENEWAL_TASK).catch(() => {});
    expect((await verify(before)).status).toBe(200);

    await hands.scheduler.triggerTask(RENEWAL_TASK);
    const after = await expectOneInPlace('renewed');
    expect(after).not.toBe(before);
    expect((await verify(before)).body.error.message).toContain('replaced by');
    expect(await active('never-was')).toEqual([]);
    // What lasts is left alone
    expect(await expectOneInPlace('fresh')).toBe(fresh);
  });
});

describe('a portal', () => {
  it('without CI credentials says so and goes on', async () => {
    const backend = await startGoldenPathBackend();
    try {
      const taskId = await backend.start(answers('without'));
      const { status, events } = await backend.end(taskId);
      expect(status).toBe('completed');
      expect(JSON.stringify(events)).toContain(
        'gets no credential: This portal has no CI credentials backend',
      );
      const secrets = await backend.forge(
        '/repos/payments/without/actions/secrets',
      );
      expect(await secrets.json()).toEqual([]);
    } finally {
      await backend.stop();
    }
  });
});
