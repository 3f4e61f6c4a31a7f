import { strictEqual } from 'node:assert';
import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { DeliveryBench, happened } from '../__testUtils__/DeliveryBench';
import { deliveryHistory } from '../__testUtils__/deliveryHistory';
import { Weeks } from '../calendar/Weeks';
import { derive } from '../derive/derive';
import { rematch } from '../matching/rematch';
import { OWNER } from '../rollups/groupKeys';
import { rollupCells, rollupParts } from '../rollups/rollupCells';
import { forgetSample } from '../store/forgetSample';
import { rebuild } from './rebuild';
import { Retention } from './Retention';

jest.setTimeout(120_000);

const NOW = Date.parse('2026-08-01T12:00:00Z');
const NAMES = ['ledger', 'billing', 'search'];

/** In an order that has nothing to do with that in which things happened. */
function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  let seed = 7;
  for (let index = order.length - 1; index > 0; index--) {
    seed = (seed * 16_807) % 2_147_483_647;
    const other = seed % (index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

describe.each(databases.eachSupportedId())('derivation on %s', id => {
  let knex: Knex;
  let bench: DeliveryBench;
  const history = deliveryHistory({
    names: NAMES,
    from: '2026-06-01T08:00:00Z',
    days: 30,
  });

  beforeAll(async () => {
    knex = await initDatabase(id);
    bench = new DeliveryBench({ knex, now: () => NOW });
  });
  beforeEach(() => bench.clear());
  afterEach(async () => {
    const { stored, right } = await bench.groupSums();
    // As text: lists of SQLite's driver may be of another realm
    strictEqual(stored.join('\n'), right.join('\n'));
  });

  const due = async () => Number((await knex('due').count({ n: '*' }))[0].n);

  it('writes what events say, and then nothing more', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    await bench.intake().accept(history);
    expect(await bench.settle()).toBeGreaterThan(0);
    const derived = await bench.derived();
    expect(
      Object.entries(derived).map(([table, rows]) => [table, rows.length > 0]),
    ).toEqual([
      ['deployments', true],
      ['changes', true],
      ['incidents', true],
      ['tickets', true],
      ['pipeline_runs', true],
      ['environments', false],
      ['first_steps', false],
      ['rollups', true],
      ['rollup_weeks', true],
    ]);
    const [{ sum }] = await knex('rollups')
      .where({ measure: 'deployments' })
      .sum({ sum: 'count' });
    expect(Number(sum)).toBe(NAMES.length * 30);

    await rebuild(knex);
    expect(await due()).toBe(NAMES.length);
    expect(await bench.settle()).toBe(0);
    expect(await due()).toBe(0);
    expect(await bench.derived()).toEqual(derived);
  });

  it('says the same whatever the order, however often, and from how many hands', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    await bench.intake().accept(history);
    await bench.settle();
    const derived = await bench.derived();

    await bench.clear();
    const events = shuffled([...history, ...history]);
    const derivation = await bench.derivation();
    const workers = [0, 1].map(() => bench.worker(derivation));
    workers.forEach(worker => worker.start());
    const intake = bench.intake({ wake: () => workers[0].wake() });
    // The services come into the catalog while their events come in
    await Promise.all([
      ...[0, 1, 2, 3].map(part =>
        intake.accept(events.filter((_, index) => index % 4 === part)),
      ),
      bench.put(...NAMES.map(name => ({ name }))),
    ]);
    await knex.transaction(tx => rematch(tx));
    await eventually('everything is derived', async () => (await due()) === 0);
    await Promise.all(workers.map(worker => worker.stop()));
    expect(await bench.derived()).toEqual(derived);
  });

  it('lets late events correct the past, and mends what was lost', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    const late = history.filter((_, index) => index % 3 === 0);
    await bench.intake().accept(history);
    await bench.settle();
    const derived = await bench.derived();

    await bench.clear();
    await bench.put(...NAMES.map(name => ({ name })));
    await bench.intake().accept(history.filter((_, index) => index % 3 !== 0));
    await bench.settle();
    expect(await bench.derived()).not.toEqual(derived);
    await bench.intake().accept(late);
    await bench.settle();
    expect(await bench.derived()).toEqual(derived);

    await knex('rollups').delete();
    await knex('deployments').update({ tier: 'other' });
    await rebuild(knex);
    await bench.settle();
    expect(await bench.derived()).toEqual(derived);
  });

  it('leaves all of it due when it dies over it', async () => {
    await bench.put({ name: 'ledger' });
    await bench.intake().accept(history);
    let isDead = false;
    const dying = await bench.derivation({
      derive: (events, settings) => {
        if (isDead) {
          throw new Error('killed');
        }
        isDead = true;
        return derive(events, settings);
      },
    });
    await bench.put({ name: 'billing' });
    await expect(bench.settle(dying)).rejects.toThrow('killed');
    expect((await bench.derived()).deployments).toEqual([]);
    expect(await due()).toBeGreaterThan(0);
    await bench.settle();
    expect((await bench.derived()).deployments).toHaveLength(2 * 60);
  });

  it('keeps nobody back by one whose events cannot be understood', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    const poisoned = await bench.derivation({
      derive: (events, settings) => {
        if (events.some(({ data }) => data.subject.id === 'poison')) {
          throw new Error('poison');
        }
        return derive(events, settings);
      },
    });
    await bench.intake().accept([
      happened('service.deployed', '2026-06-01T00:00:00Z', {
        id: 'poison',
        name: 'billing',
        subjectId: 'poison',
      }),
      ...history,
    ]);
    const worker = bench.worker(poisoned);
    worker.start();
    await eventually('the others are derived', async () => {
      const rows = await knex('rollups').distinct('entity_id');
      return rows.length === 2;
    });
    await worker.stop();
    expect(
      await knex('due')
        .join('entities', 'entities.id', 'due.entity_id')
        .distinct('ref')
        .pluck('ref'),
    ).toEqual(['component:default/billing']);
  });

  it('goes by the settings that came last', async () => {
    await bench.put({ name: 'ledger' });
    await bench.intake().accept(history);
    const former = await bench.derivation();
    await bench.settle(former);
    const before = await bench.derived();

    const newer = await bench.derivation({
      settings: { environments: { production: ['staging'], staging: [] } },
    });
    expect(await bench.settle(former)).toBe(0);
    expect(await bench.settle(newer)).toBeGreaterThan(0);
    const after = await bench.derived();
    expect(after.deployments).toHaveLength(before.deployments.length);
    expect(after.rollups).not.toEqual(before.rollups);
  });

  it('gives the history of a renamed service to its new name', async () => {
    await bench.put({ name: 'ledger' });
    await bench.intake().accept(history);
    await bench.settle();
    const count = (await bench.derived()).rollups.length;
    await bench.put({
      name: 'accounts',
      annotations: { 'waymark.dev/previous-ref': 'component:default/ledger' },
    });
    await bench.remove('ledger');
    await bench.settle();
    const { rollups, deployments } = await bench.derived();
    expect(rollups).toHaveLength(count);
    for (const row of [...rollups, ...deployments]) {
      expect(JSON.parse(row).entity).toBe('component:default/accounts');
    }
  });

  it('forgets the sample organization without a trace', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    const [real, sample] = [0, 1].map(half =>
      history.filter((_, index) => index % 2 === half),
    );
    await bench.intake().accept(real);
    await bench.settle();
    const before = await bench.derived();
    await bench.intake().accept([
      ...sample.map(event => ({ ...event, sample: true })),
      {
        ...happened('service.deployed', '2026-06-01T00:00:00Z', { id: 'x' }),
        entityRef: undefined,
        sample: true,
      },
    ]);
    await bench.settle();
    expect(await bench.derived()).not.toEqual(before);
    expect(await forgetSample(knex)).toBe(sample.length + 1);
    expect(await knex('unmatched_keys')).toEqual([]);
    await bench.settle();
    expect(await bench.derived()).toEqual(before);
    expect(await forgetSample(knex)).toBe(0);
  });

  it('counts a service elsewhere once it is something else, and adds up what is asked for', async () => {
    await bench.put(
      ...NAMES.map(name => ({ name, owner: 'group:default/first' })),
    );
    await bench.intake().accept(history);
    await bench.settle();
    await bench.put(
      { name: 'ledger', lifecycle: 'deprecated' },
      { name: 'billing', owner: 'group:default/second' },
    );
    await bench.settle();
    const { stored, right: sums } = await bench.groupSums();
    expect(stored).toEqual(sums);
    expect(stored.join()).toContain('group:default/second');
    await bench.put({ name: 'new' });
    await bench.settle();

    const ids = new Map<string, number>(
      (await knex('entities')).map(row => [row.ref.split('/')[1], row.id]),
    );
    const spans = [{ first: '2026-06-01', last: '2026-06-15' }];
    const measures = ['deployments', 'change-lead-time'] as const;
    // By the sums of groups, by those less one, and by none of them
    for (const names of [
      ['ledger', 'billing', 'search', 'new'],
      ['billing', 'search'],
      ['search'],
      ['ledger', 'search'],
      [],
    ]) {
      const asked = names.map(name => ids.get(name)!);
      const parts = await rollupParts(knex, asked);
      const found: Record<string, unknown>[] = await rollupCells({
        knex,
        parts,
        measures,
        spans,
      });
      const right = await knex('rollups')
        .whereIn('entity_id', asked)
        .whereIn('measure', measures)
        .whereBetween('week', ['2026-06-01', '2026-06-15'])
        .groupBy('measure', 'week', 'bucket')
        .select('measure', 'week', 'bucket')
        .sum({ counted: 'count' });
      const inOrder = (rows: Record<string, unknown>[]) =>
        rows
          .map(row => JSON.stringify({ ...row, counted: Number(row.counted) }))
          .sort();
      expect(right.length > 0).toBe(names.length > 0);
      expect(inOrder(found)).toEqual(inOrder(right));

      const ofOwners: Record<string, unknown>[] = await rollupCells({
        knex,
        parts: await rollupParts(knex, asked, 'owner_group'),
        measures,
        spans,
        byOwner: true,
      });
      expect(inOrder(ofOwners)).toEqual(
        inOrder(
          await knex('rollups')
            .join('entities', 'entities.id', 'entity_id')
            .whereIn('entity_id', asked)
            .whereIn('measure', measures)
            .whereBetween('week', ['2026-06-01', '2026-06-15'])
            .groupByRaw(OWNER)
            .groupBy('measure', 'week', 'bucket')
            .select(knex.raw(`${OWNER} as owner`), 'measure', 'week', 'bucket')
            .sum({ counted: 'count' }),
        ),
      );
    }
    await knex('group_rollups').delete();
    await rebuild(knex);
  });

  it('keeps numbers of the past when their events are forgotten', async () => {
    await bench.put(...NAMES.map(name => ({ name })));
    await bench.intake().accept(history);
    await bench.settle();
    const before = await bench.derived();
    const retention = new Retention({
      knex,
      // 200 days after the middle of June
      now: () => Date.parse('2027-01-01T00:00:00Z'),
      retentionMs: 200 * 24 * 3_600_000,
      weeks: Weeks.of('UTC'),
    });
    const forgotten = await retention.run();
    expect(forgotten).toBeGreaterThan(100);
    expect(await knex('events')).toHaveLength(history.length - forgotten);
    // What comes in again after it was forgotten is an event, but says nothing new
    await bench.intake().accept(history.slice(0, 10));
    await rebuild(knex);
    await bench.settle();
    const after = await bench.derived();
    expect(after.rollups).toEqual(before.rollups);
    expect(after.deployments.length).toBeLessThan(before.deployments.length);
    expect(await retention.run()).toBe(10);
    expect(await retention.run()).toBe(0);
  });
});
