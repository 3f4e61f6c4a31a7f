import { eventually } from '@waymark/backend-test-support';
import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';

jest.setTimeout(120_000);

const LEDGER = 'component:default/ledger';

const ledger = (spec: object = {}) => ({
  kind: 'Component',
  metadata: {
    name: 'ledger',
    title: 'The Ledger',
    description: 'x'.repeat(300),
    labels: { 'example.com/Tier': 'One' },
    annotations: { 'example.com/Slack': '#Ledger' },
    tags: ['java', 'spring'],
    links: [{ url: 'https://example.com/A', title: 'A' }],
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'ops',
    system: 'money',
    nested: { flags: ['On', 'on', 7, false], nothing: null, Deep: { er: 1.5 } },
    ...spec,
  },
});

describe.each(databases.eachSupportedId())('the catalog on %s', id => {
  let scorecards: Scorecards;
  beforeAll(async () => {
    scorecards = await startScorecards({ id, entities: [ledger()] });
  });
  afterAll(() => scorecards?.stop());

  const row = () => scorecards.knex('subjects').where({ ref: LEDGER }).first();

  it('is followed: what is new, what changed, and what is gone', async () => {
    expect(await row()).toMatchObject({
      title: 'The Ledger',
      owner_ref: 'group:default/ops',
      system_ref: 'system:default/money',
      version: 1,
    });
    await scorecards.catalog.put(ledger({ lifecycle: 'deprecated' }));
    const changed = await row();
    expect(changed.version).toBe(2);
    expect(JSON.parse(changed.document).spec.lifecycle).toBe('deprecated');

    // The one that others point to changes with them
    await scorecards.catalog.put({
      kind: 'System',
      metadata: { name: 'money' },
      spec: { owner: 'ops' },
    });
    const system = await scorecards
      .knex('subjects')
      .where({ ref: 'system:default/money' })
      .first();
    expect(JSON.parse(system.document).relations).toContainEqual({
      type: 'hasPart',
      targetRef: LEDGER,
    });

    await scorecards.catalog.remove(LEDGER);
    expect((await row()).deleted_at).not.toBeNull();
    await scorecards.catalog.put(ledger());
    expect(await row()).toMatchObject({ id: changed.id, deleted_at: null });
  });

  it('finds by the same keys as the catalog itself', async () => {
    const { id: subjectId } = await row();
    const ours = await scorecards
      .knex('subject_search')
      .where({ subject_id: subjectId })
      .select('key', 'value');
    const theirs = (await scorecards.catalog.searchKeys(LEDGER)).filter(
      ({ key }) => /^(kind$|metadata\.|spec\.|relations\.ownedby$)/.test(key),
    );
    const inOrder = (rows: { key: string; value: string | null }[]) =>
      rows.map(({ key, value }) => `${key}=${value}`).sort();
    expect(theirs.length).toBeGreaterThan(20);
    expect(inOrder(ours)).toEqual(inOrder(theirs));
  });

  it('goes on by itself when the database was gone', async () => {
    if (id !== 'SQLITE_3') {
      await scorecards
        .knex('pg_stat_activity')
        .whereRaw('datname = current_database() and pid <> pg_backend_pid()')
        .select(scorecards.knex.raw('pg_terminate_backend(pid)'));
    }
    const change = ledger({ lifecycle: 'experimental' });
    await eventually('a pass that does not fail', () =>
      scorecards.catalog.put(change).then(
        () => true,
        () => false,
      ),
    );
    expect(JSON.parse((await row()).document).spec.lifecycle).toBe(
      'experimental',
    );
  });
});
