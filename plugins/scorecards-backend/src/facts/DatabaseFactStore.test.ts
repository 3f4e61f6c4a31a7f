import { insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { DatabaseFactStore } from './DatabaseFactStore';
import { NewFact } from './FactStore';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(databases.eachSupportedId())('facts on %s', id => {
  let knex: Knex;
  let now: number;
  let woken: number;
  let store: DatabaseFactStore;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    for (const table of ['facts', 'fact_revisions', 'fact_names', 'subjects']) {
      await knex(table).delete();
    }
    await insertRows(knex, {
      table: 'subjects',
      columns: [
        'id',
        'ref',
        'kind',
        'etag',
        'document',
        'document_version',
        'version',
        'deleted_at',
      ],
      rows: [
        [1, 'component:default/ledger', 'component', '', '{}', 1, 1, null],
        [2, 'component:default/billing', 'component', '', '{}', 1, 1, null],
        [3, 'component:default/gone', 'component', '', '{}', 1, 1, 5],
      ],
    });
    now = Date.parse('2026-08-01T12:00:00Z');
    woken = 0;
    store = DatabaseFactStore.create({
      clock: () => now,
      database: knex,
      wake: () => woken++,
    });
  });

  const coverage = (fact: Partial<NewFact> = {}): NewFact => ({
    subjectId: 1,
    name: 'coverage.percent',
    value: 80,
    observedAt: now - HOUR,
    source: 'ci',
    ...fact,
  });
  const statuses = async (...facts: NewFact[]) =>
    (await store.push(facts)).map(result =>
      result.status === 'rejected' ? result.error.message : result.status,
    );
  const subject = (subjectId = 1) =>
    knex('subjects')
      .where({ id: subjectId })
      .first('version', 'due_at')
      .then(row => [
        row.version,
        row.due_at === null ? null : Number(row.due_at),
      ]);
  const facts = async () => (await store.read([1])).get(1) ?? [];

  it('keeps the later observation, whatever comes first', async () => {
    expect(await statuses(coverage())).toEqual(['accepted']);
    expect(await subject()).toEqual([2, now]);
    expect(woken).toBe(1);
    expect(
      await statuses(
        coverage({ value: 70, observedAt: now - 2 * HOUR }),
        coverage({ subjectId: 2, value: 1 }),
      ),
    ).toEqual(['superseded', 'accepted']);
    expect(await facts()).toEqual([
      {
        name: 'coverage.percent',
        value: '80',
        firstObservedAt: now - HOUR,
        observedAt: now - HOUR,
        source: 'ci',
        collectorId: undefined,
        version: 2,
      },
    ]);
    // A pipeline that runs again for the same commit
    expect(await statuses(coverage({ value: 81 }))).toEqual(['accepted']);
    expect(await subject()).toEqual([3, now]);
  });

  it('finds the latest within a batch, and the same batch changes nothing again', async () => {
    const batch = [
      coverage({ value: 3, observedAt: now - 1 }),
      coverage({ value: 1, observedAt: now - 3 }),
      coverage({ value: 2, observedAt: now - 2 }),
      coverage({ value: 3, observedAt: now - 2 }),
      coverage({ name: 'b', value: { y: 1, x: [true, null] } }),
    ];
    expect(await statuses(...batch)).toEqual([
      'accepted',
      'superseded',
      'superseded',
      'accepted',
      'accepted',
    ]);
    const rows = await knex('facts').orderBy('fact_id');
    expect(await subject()).toEqual([2, now]);
    now += 5_000;
    batch[4].value = { x: [true, null], y: 1 };
    await statuses(...batch);
    expect(await knex('facts').orderBy('fact_id')).toEqual(rows);
    expect(await subject()).toEqual([2, now - 5_000]);
    expect(woken).toBe(1);
  });

  it('moves the time of a value that stays, unless it had expired', async () => {
    await statuses(coverage());
    await knex('subjects').update({ due_at: null });
    now += HOUR;
    expect(await statuses(coverage({ source: 'ci/2' }))).toEqual(['accepted']);
    expect(await facts()).toEqual([
      expect.objectContaining({
        observedAt: now - HOUR,
        firstObservedAt: now - 2 * HOUR,
        source: 'ci/2',
        version: 2,
      }),
    ]);
    expect(await subject()).toEqual([2, null]);

    await knex('fact_names').update({ max_age: DAY });
    // To the millisecond as an evaluation finds it too old
    now += DAY - HOUR;
    await statuses(coverage());
    expect(await subject()).toEqual([3, now]);
    expect(await facts()).toEqual([
      expect.objectContaining({ firstObservedAt: now - HOUR, version: 3 }),
    ]);

    // Somebody whose clock is ahead has found it too old already
    await knex('subjects').update({ transitioned_at: now + DAY, due_at: null });
    now += 1;
    await statuses(coverage());
    expect(await subject()).toEqual([4, now]);
  });

  it('lets go of what was observed while the clock was wrong', async () => {
    const today = now;
    now += 365 * DAY;
    await statuses(coverage(), coverage({ subjectId: 2 }));
    now = today;
    await knex('subjects').update({ due_at: null });
    expect(
      await statuses(coverage({ value: 81 }), coverage({ subjectId: 2 })),
    ).toEqual(['accepted', 'accepted']);
    expect(await facts()).toEqual([
      expect.objectContaining({ value: '81', observedAt: now - HOUR }),
    ]);
    expect(await subject()).toEqual([3, now]);
    expect(await subject(2)).toEqual([3, now]);
  });

  it('keeps what decided an outcome, and nothing else', async () => {
    await statuses(coverage({ value: 1 }));
    now += HOUR;
    await statuses(coverage({ value: 2 }));
    expect(await knex('fact_revisions')).toEqual([]);

    await knex('subjects').update({ referenced_version: 3 });
    // Said by somebody else: the outcome stays, and so does who said it
    now += HOUR;
    await knex('subjects').update({ due_at: null });
    await statuses(coverage({ value: 2, source: 'somebody' }));
    expect(await subject()).toEqual([4, null]);
    now += HOUR;
    await statuses(coverage({ value: 2, source: 'anybody' }));
    await statuses(coverage({ value: 3, source: 'anybody' }));
    expect(await subject()).toEqual([5, now]);
    expect(
      await knex('fact_revisions').select(
        'version',
        'until_version',
        'value',
        'source',
      ),
    ).toEqual([{ version: 3, until_version: 4, value: '2', source: 'ci' }]);
  });

  it('replaces what a collector said, and knows when nothing changed', async () => {
    const push = (...said: NewFact[]) =>
      store.push(said, {
        collectorId: 'files',
        replaceForCollector: { subjectIds: [1, 2] },
      });
    await statuses(coverage({ name: 'pushed' }));
    await push(coverage({ name: 'a' }), coverage({ name: 'b' }));
    expect((await facts()).map(({ name }) => name)).toEqual([
      'a',
      'b',
      'pushed',
    ]);
    await knex('subjects').update({ referenced_version: 3, due_at: null });
    now += HOUR;
    await push(coverage({ name: 'a' }));
    expect((await facts()).map(({ name }) => name)).toEqual(['a', 'pushed']);
    expect(await subject()).toEqual([4, now]);
    expect(await subject(2)).toEqual([1, null]);
    expect(await knex('fact_revisions').pluck('until_version')).toEqual([4]);

    await knex('subjects').update({ due_at: null });
    await knex.transaction(tx =>
      store.touch(tx, {
        subjectIds: [1, 2],
        collectorId: 'files',
        observedAt: now,
      }),
    );
    expect((await facts()).map(fact => [fact.name, fact.observedAt])).toEqual([
      ['a', now],
      ['pushed', now - 2 * HOUR],
    ]);
    expect(await subject()).toEqual([4, null]);
  });

  it('refuses each bad fact with its field, and takes the others', async () => {
    let deep: any = 1;
    for (let level = 0; level < 11; level++) {
      deep = [deep];
    }
    const bad: [Partial<NewFact>, string][] = [
      [{ name: '' }, 'name:'],
      [{ name: 'a..b' }, 'name:'],
      [{ name: '1a' }, 'name:'],
      [{ name: 'a.__proto__' }, 'name:'],
      [{ name: 'constructor' }, 'name:'],
      [{ name: 'a.b.c.d.e.f' }, 'name:'],
      [{ name: 'a'.repeat(64) }, 'name:'],
      [{ value: Number.NaN }, 'value: numbers have to be finite'],
      [
        { value: [{ x: JSON.parse('1e999') }] },
        'value: numbers have to be finite',
      ],
      [
        { value: JSON.parse('{"__proto__": {"x": 1}}') },
        'value: must not have the key __proto__',
      ],
      [
        { value: [{ constructor: 1 }] },
        'value: must not have the key constructor',
      ],
      [{ value: 'x'.repeat(1_000_000) }, 'value: has more than 16384 bytes'],
      [{ value: 'ü'.repeat(8_192) }, 'value: has more than 16384 bytes'],
      [{ value: deep }, 'value: lists and maps are nested deeper'],
      [{ observedAt: now + 6 * 60_000 }, 'observedAt: is more than 5 minutes'],
      [
        { observedAt: Date.UTC(1970, 0, 1) },
        'observedAt: is more than 2 years',
      ],
      [{ observedAt: Number.NaN }, 'observedAt: is no time'],
      [{ source: '' }, 'source:'],
      [{ source: 'a\u0000b' }, 'source:'],
      [{ source: 'x'.repeat(1_001) }, 'source:'],
      [{ subjectId: 3 }, 'entityRef: is not in the catalog'],
      [{ subjectId: 4 }, 'entityRef: is not in the catalog'],
    ];
    const good = coverage({
      observedAt: now + 60_000,
      value: '\u0000 "\\ {} \u2028 \ud800',
    });
    expect(
      await statuses(...bad.map(([part]) => coverage(part)), good),
    ).toEqual([
      ...bad.map(([, message]) => expect.stringContaining(message)),
      'accepted',
    ]);
    const [{ value }] = await facts();
    expect(JSON.parse(value)).toBe(good.value);
    expect(await knex('fact_names').pluck('name')).toEqual([
      'coverage.percent',
    ]);
  });

  it('takes a thousand facts about one entity, and no more', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      coverage({ name: `n${index}` }),
    );
    expect(new Set(await statuses(...many))).toEqual(new Set(['accepted']));
    expect(
      await statuses(coverage({ value: 1, name: 'n0' }), coverage()),
    ).toEqual(['accepted', 'name: the entity has 1000 facts already']);
  });

  it('loses nothing and doubles nothing when many push at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.push(
          [1, 2].map(n =>
            coverage({
              subjectId: index % 2 ? n : 3 - n,
              value: index,
              observedAt: now - 1000 + index,
            }),
          ),
        ),
      ),
    );
    const all = await store.read([1, 2]);
    expect([1, 2].map(n => all.get(n)![0].value)).toEqual(['19', '19']);
  });
});
