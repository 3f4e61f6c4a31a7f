import { InputError, NotAllowedError } from '@backstage/errors';
import {
  CiCredentialsBackend,
  startCiCredentials,
} from './__testUtils__/startCiCredentials';
import { databases } from './__testUtils__/databases';

jest.setTimeout(120_000);

const CREDENTIALS = '/api/ci-credentials/credentials';
const DAY_MS = 24 * 60 * 60 * 1000;
const ledger = 'component:default/ledger';
const billing = 'component:default/billing';
const search = 'component:default/search';

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

describe.each(databases.eachSupportedId())('people, on %s', databaseId => {
  let backend: CiCredentialsBackend;

  beforeAll(async () => {
    backend = await startCiCredentials({
      databaseId,
      config: { maxLifetimeDays: 100, defaultLifetimeDays: 30 },
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });

  async function create(
    user: string,
    entityRefs: string[],
    more: object = {},
  ): Promise<{ id: string; token: string }> {
    const { status, body } = await backend.call(CREDENTIALS, {
      user,
      body: { source: 'https://ci.example/ledger', entityRefs, ...more },
    });
    expect(status).toBe(201);
    return { id: body.credential.id, token: body.token };
  }

  async function ids(user: string, query = ''): Promise<string[]> {
    const { body } = await backend.call(`${CREDENTIALS}?limit=100${query}`, {
      user,
    });
    expect(body.totalItems).toBe(body.items.length);
    return body.items.map((item: { id: string }) => item.id);
  }

  it('shows a token once and keeps a hash of it', async () => {
    const { status, body } = await backend.call(CREDENTIALS, {
      user: 'maren',
      body: {
        source: ' https://ci.example/ledger ',
        entityRefs: ['Component:Ledger', 'component:default/ledger'],
        description: 'Nightly build',
      },
    });
    expect(status).toBe(201);
    const { credential, token } = body;
    expect(token).toMatch(/^wmk_ci_[0-9a-f]{20}_[0-9a-f]{64}$/);
    expect(credential).toEqual({
      id: credential.id,
      source: 'https://ci.example/ledger',
      entityRefs: [ledger],
      hiddenEntities: 0,
      description: 'Nightly build',
      hint: `wmk_ci_${credential.id}`,
      createdAt: expect.any(String),
      createdBy: 'user:default/maren',
      expiresAt: expect.any(String),
      state: 'active',
      issuedBy: 'user',
    });
    const lifetime =
      Date.parse(credential.expiresAt) - Date.parse(credential.createdAt);
    expect(lifetime).toBe(30 * DAY_MS);

    const list = await backend.call(`${CREDENTIALS}?entityRef=${ledger}`, {
      user: 'maren',
    });
    expect(list.body.items).toContainEqual(credential);
    const secret = token.split('_').at(-1);
    expect(list.text).not.toContain(secret);
    expect(await backend.database.find(secret)).toEqual([]);
    expect(backend.logger.text).toContain('ci-credentials.credential-create');
    expect(backend.logger.text).toContain(credential.id);
    expect(backend.logger.text).not.toContain(secret);

    const verified = await backend.call('/api/ci-credentials/verify', {
      body: { token },
    });
    expect(verified.body).toEqual({
      subject: `ci:token:${credential.id}`,
      source: 'https://ci.example/ledger',
      entityRefs: [ledger],
      ownEntityRefs: [ledger],
      expiresAt: credential.expiresAt,
      // She could have written any
      sourceVerified: false,
    });
  });

  it.each([
    ['source', { source: '  ' }, 'source: must not be empty'],
    ['source', { source: 'x'.repeat(201) }, 'source: must have at most 200'],
    ['source', { source: 'a\nb' }, 'source: must not contain control'],
    ['entityRefs', { entityRefs: [] }, 'entityRefs: must name at least one'],
    [
      'entityRefs',
      { entityRefs: Array.from({ length: 51 }, (_, i) => `component:c${i}`) },
      'entityRefs: must name at most 50',
    ],
    [
      'entityRefs',
      { entityRefs: [ledger, 'ledger'] },
      'entityRefs.1: must be an entity ref',
    ],
    [
      'entityRefs',
      { entityRefs: ['component:default/nobody'] },
      'entityRefs: component:default/nobody is not in the catalog',
    ],
    ['expiresAt', { expiresAt: 'tomorrow' }, 'expiresAt: must be a time'],
    [
      'expiresAt',
      { expiresAt: inDays(-1) },
      'expiresAt: must be in the future',
    ],
    [
      'expiresAt',
      { expiresAt: inDays(101) },
      'expiresAt: must be within 100 days',
    ],
    ['description', { description: 'x'.repeat(501) }, 'description: must have'],
    ['token', { token: 'mine' }, 'Unrecognized key: "token"'],
  ])('refuses a bad %s', async (_, bad, message) => {
    const before = await ids('platform');
    const { status, body } = await backend.call(CREDENTIALS, {
      user: 'maren',
      body: { source: 'ci', entityRefs: [ledger], ...bad },
    });
    expect(status).toBe(400);
    expect(body.error.name).toBe(InputError.name);
    expect(body.error.message).toContain(message);
    expect(await ids('platform')).toEqual(before);
  });

  it('lets people make credentials for what they own, and nothing else', async () => {
    for (const [user, refs] of [
      ['maren', [ledger, search]],
      ['joel', [ledger]],
      ['auditor', [ledger]],
      ['stranger', [ledger]],
    ] as const) {
      const { status, body } = await backend.call(CREDENTIALS, {
        user,
        body: { source: 'ci', entityRefs: refs },
      });
      expect(status).toBe(403);
      expect(body.error.name).toBe(NotAllowedError.name);
      expect(body.error.message).toMatch(
        /^You may not make CI credentials for component:default\/(ledger|search)$/,
      );
    }
    // What a person cannot see does not exist for them
    const { status, body } = await backend.call(CREDENTIALS, {
      user: 'shut-in',
      body: { source: 'ci', entityRefs: [ledger] },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain(`${ledger} is not in the catalog`);
    expect((await backend.call(CREDENTIALS)).status).toBe(401);
  });

  it('shows each person the credentials of what they may see', async () => {
    const mine = await create('maren', [billing]);
    const theirs = await create('shut-in', [search]);
    const both = await create('platform', [billing, search]);

    expect(await ids('platform')).toEqual(
      expect.arrayContaining([both.id, theirs.id, mine.id]),
    );
    expect(await ids('auditor')).toEqual(await ids('platform'));
    expect(await ids('maren', `&entityRef=${billing}`)).toEqual([
      both.id,
      mine.id,
    ]);
    expect(await ids('maren')).not.toContain(theirs.id);
    expect(await ids('joel')).toEqual([]);
    expect(await ids('shut-in')).toEqual([both.id, theirs.id]);
    // A rule that only the catalog knows
    const listed = await ids('lister');
    expect(listed).not.toContain(mine.id);
    expect(listed.length).toBeGreaterThan(0);
    expect((await backend.call(CREDENTIALS, { user: 'stranger' })).status).toBe(
      403,
    );

    // Of a credential that is shared, each sees the entities they may see
    const seen = await backend.call(`${CREDENTIALS}?entityRef=${search}`, {
      user: 'shut-in',
    });
    expect(seen.body.items[0]).toMatchObject({
      id: both.id,
      entityRefs: [search],
      hiddenEntities: 1,
    });
    expect(seen.text).not.toContain(billing);
    // Nor can one ask whether a certain one is among them
    expect(await ids('shut-in', `&entityRef=${billing}`)).toEqual([]);
    expect(await ids('maren', `&entityRef=${search}`)).toEqual([both.id]);
    const revoked = await backend.call(`${CREDENTIALS}/${both.id}/revoke`, {
      user: 'shut-in',
      body: {},
    });
    expect(revoked.status).toBe(403);
    expect(revoked.body.error.message).toBe(
      'You may not revoke CI credentials of an entity that you may not see',
    );
  });

  it('revokes at once, for those who may revoke for every entity', async () => {
    const { id, token } = await create('platform', [billing, search]);
    const revoke = (user: string, reason?: string) =>
      backend.call(`${CREDENTIALS}/${id}/revoke`, { user, body: { reason } });
    const verify = () =>
      backend.call('/api/ci-credentials/verify', { body: { token } });

    expect((await revoke('joel')).status).toBe(404);
    expect((await revoke('auditor')).status).toBe(403);
    const refused = await revoke('maren');
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      `You may not revoke CI credentials of ${search}`,
    );
    expect((await verify()).status).toBe(200);

    const first = await revoke('platform', 'leaked in a screenshot');
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      state: 'revoked',
      revokedBy: 'user:default/platform',
      revokeReason: 'leaked in a screenshot',
    });
    const again = await revoke('platform', 'again');
    expect(again.body).toEqual(first.body);

    const answer = await verify();
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toBe(
      `This CI credential was revoked on ${first.body.revokedAt}: leaked in a screenshot`,
    );
    expect(await ids('platform', '&state=revoked')).toContain(id);
    expect(await ids('platform', '&state=active')).not.toContain(id);
    const unknown = await backend.call(`${CREDENTIALS}/nothing/revoke`, {
      user: 'platform',
      body: {},
    });
    expect(unknown.status).toBe(404);
    // What no database takes as a text
    const nul = await backend.call(`${CREDENTIALS}/%00/revoke`, {
      user: 'platform',
      body: {},
    });
    expect(nul.status).toBe(404);
  });

  it('pages without gaps while credentials are made', async () => {
    for (let index = 0; index < 5; index++) {
      await create('maren', [ledger], { source: `page ${index}` });
    }
    const all = await ids('maren');
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await backend.call(
        `${CREDENTIALS}?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        { user: 'maren' },
      );
      paged.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
      await create('maren', [ledger], { source: 'in between' });
    } while (cursor);
    expect(paged).toEqual(all);

    for (const query of [
      'cursor=nonsense',
      'limit=0',
      'limit=101',
      'state=x',
      `cursor=${Buffer.from('["\\u0000","x"]').toString('base64url')}`,
      'entityRef=component:default/%00',
    ]) {
      const { status, body } = await backend.call(`${CREDENTIALS}?${query}`, {
        user: 'maren',
      });
      expect(status).toBe(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    }
  });

  it('says what the caller may do at all', async () => {
    const access = async (user: string) =>
      (await backend.call('/api/ci-credentials/settings', { user })).body;
    expect(await access('maren')).toEqual({
      defaultLifetimeDays: 30,
      maxLifetimeDays: 100,
      access: { read: true, create: true, revoke: true },
      github: [],
    });
    expect((await access('auditor')).access).toEqual({
      read: true,
      create: false,
      revoke: false,
    });
    expect((await access('stranger')).access).toEqual({
      read: false,
      create: false,
      revoke: false,
    });
  });
});
