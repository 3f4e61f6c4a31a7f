import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databases } from '../__testUtils__/databases';
import { newCredential } from '../credentials/newCredential';
import { StoredCredential } from '../credentials/StoredCredential';
import { DatabaseCredentialStore } from './DatabaseCredentialStore';
import { CREDENTIALS, ENTITIES } from './rows';

const directory = resolvePackagePath(
  '@waymark/plugin-ci-credentials-backend',
  'migrations',
);
const now = new Date('2026-06-01T00:00:00Z');
const day = (offset: number) => new Date(now.getTime() + offset * 86_400_000);

describe.each(databases.eachSupportedId())('credentials on %s', id => {
  let knex: Knex;
  let store: DatabaseCredentialStore;

  beforeEach(async () => {
    knex = await databases.init(id);
    store = await DatabaseCredentialStore.create({
      database: mockServices.database.mock({ getClient: async () => knex }),
    });
  });

  async function add(
    more: Partial<StoredCredential> = {},
  ): Promise<StoredCredential> {
    const { stored } = newCredential({
      source: 'ci',
      sourceVerified: false,
      entityRefs: ['component:default/a'],
      description: '',
      issuedBy: 'user',
      createdBy: 'user:default/maren',
      now,
      expiresAt: day(90),
    });
    const credential = { ...stored, ...more };
    await store.add(credential);
    return credential;
  }

  it('migrates up and down', async () => {
    await add();
    for (let round = 0; round < 2; round++) {
      expect(await knex.schema.hasTable(CREDENTIALS)).toBe(true);
      await knex.migrate.rollback({ directory }, true);
      expect(await knex.schema.hasTable(CREDENTIALS)).toBe(false);
      expect(await knex.schema.hasTable(ENTITIES)).toBe(false);
      await knex.migrate.latest({ directory });
    }
  });

  it('filters by more entities than a query can bind', async () => {
    const mine = await add({ entityRefs: ['component:default/e39999'] });
    await add({ entityRefs: ['component:default/other'] });
    const within = Array.from(
      { length: 70_000 },
      (_, index) => `component:default/e${index}`,
    );
    const page = await store.list({ within, limit: 10, now });
    expect(page.items).toEqual([mine]);
    expect(page.totalItems).toBe(1);
    expect((await store.list({ within: [], limit: 10, now })).items).toEqual(
      [],
    );
  });

  it('notes the use at most once a minute, whoever asks', async () => {
    const credential = await add();
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const used = async () => (await store.get(credential.id))?.lastUsedAt;
    await Promise.all([
      store.touch(credential, at(0)),
      store.touch(credential, at(0)),
    ]);
    // With what was known before the first use
    await store.touch(credential, at(59));
    expect(await used()).toBe(at(0).toISOString());
    await store.touch((await store.get(credential.id))!, at(60));
    expect(await used()).toBe(at(60).toISOString());
  });

  it('keeps the first revocation', async () => {
    const { id: credential } = await add();
    await Promise.all(
      ['one', 'two', 'three'].map(by =>
        store.revoke(credential, { at: now, by }),
      ),
    );
    const first = await store.get(credential);
    await store.revoke(credential, { at: day(1), by: 'four' });
    expect(await store.get(credential)).toEqual(first);
    expect(await store.revoke('nothing', { at: now, by: 'x' })).toBeUndefined();
  });

  it('keeps one of those that were issued, whoever is at it', async () => {
    const issued = await Promise.all(
      Array.from({ length: 6 }, () => add({ issueKey: 'shared' })),
    );
    const settled = await Promise.allSettled(
      issued.map(({ id: except }) =>
        store.revokeIssued({
          key: 'shared',
          except,
          revocation: { at: now, by: 'plugin:scaffolder' },
        }),
      ),
    );
    expect(settled.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      ...Array.from({ length: 5 }, () => 'rejected'),
    ]);
    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    const { items } = await store.listIssued({ limit: 10, now });
    expect(items.map(item => item.id)).toEqual([issued[winner].id]);
  });

  it('tells the states apart and pages what was issued', async () => {
    const active = await add({ issueKey: 'a' });
    const expired = await add({
      issueKey: 'b',
      expiresAt: day(0).toISOString(),
    });
    const revoked = await add({
      issueKey: 'c',
      expiresAt: day(-1).toISOString(),
      revokedAt: day(-2).toISOString(),
    });
    const ids = async (state: 'active' | 'expired' | 'revoked') =>
      (await store.list({ state, limit: 10, now })).items.map(item => item.id);
    expect(await ids('active')).toEqual([active.id]);
    expect(await ids('expired')).toEqual([expired.id]);
    expect(await ids('revoked')).toEqual([revoked.id]);

    const more = await add({ issueKey: 'd' });
    await add();
    const first = await store.listIssued({ limit: 1, now });
    const second = await store.listIssued({
      limit: 1,
      now,
      cursor: first.nextCursor,
    });
    expect([...first.items, ...second.items].map(item => item.id)).toEqual(
      [active.id, more.id].sort(),
    );
    expect(second.nextCursor).toBeUndefined();
  });

  it('forgets what ended long ago, and its entities', async () => {
    const kept = [
      await add(),
      await add({ revokedAt: day(-5).toISOString() }),
      await add({ expiresAt: day(-5).toISOString() }),
    ].map(credential => credential.id);
    for (let index = 0; index < 3; index++) {
      await add({ expiresAt: day(-11).toISOString() });
      await add({ revokedAt: day(-11).toISOString() });
    }
    expect(await store.purge({ endedBefore: day(-10) })).toBe(6);
    expect(await store.purge({ endedBefore: day(-10) })).toBe(0);
    const { items } = await store.list({ limit: 100, now });
    expect(items.map(item => item.id).sort()).toEqual(kept.sort());
    const rows = await knex(ENTITIES).select('credential_id');
    expect(rows).toHaveLength(3);
  });
});
