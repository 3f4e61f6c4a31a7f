import { Entity } from '@backstage/catalog-model';
import { createDeferred } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
  RateLimitError,
} from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import {
  component,
  nameOf,
  refOf,
  RunnerBench,
} from './__testUtils__/RunnerBench';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Yielded = CollectedFacts | unknown;

/** A collector that counts how often it was asked about whom. */
function collectorOf(
  collect: (
    entities: Entity[],
    options: CollectOptions,
  ) => AsyncIterable<Yielded> | Promise<Yielded[]>,
  rest: Partial<FactCollector> = {},
) {
  const calls: string[][] = [];
  const collector: FactCollector & { calls: string[][] } = {
    id: 'test',
    title: 'Test',
    facts: [],
    every: { hours: 1 },
    calls,
    async *collect(options) {
      calls.push(options.entities.map(nameOf));
      const result = collect(options.entities, options);
      yield* (
        result instanceof Promise ? await result : result
      ) as AsyncIterable<CollectedFacts>;
    },
    ...rest,
  };
  return collector;
}

const says = (entity: Entity | string, values: object, state?: string) => ({
  entityRef: typeof entity === 'string' ? refOf(entity) : refOf(nameOf(entity)),
  facts: Object.entries(values).map(([name, value]) => ({ name, value })),
  state,
});
/** What stands in the spec of each entity is what the collector says of it. */
const echo = (rest: Partial<FactCollector> = {}) =>
  collectorOf(
    async entities =>
      entities.map(entity => says(entity, entity.spec as object)),
    rest,
  );
/** Never ends, whatever it is told. */
const hang = () => new Promise<never>(() => {});

describe.each(databases.eachSupportedId())('collecting facts on %s', id => {
  let knex: Knex;
  let bench: RunnerBench;
  beforeAll(async () => {
    knex = await initDatabase(id);
    bench = new RunnerBench(knex);
  });
  afterEach(() => bench.reset());

  it('happens when an entity is new or has changed, and on a schedule', async () => {
    const collector = echo();
    const onSchedule = collectorOf(
      async entities => entities.map(entity => says(entity, { z: 1 })),
      { id: 'patient', onEntityChange: false },
    );
    await bench.start([collector, onSchedule]);
    await bench.put(component('shop', { a: 1, 'b.c': [true] }));
    await bench.settled('test');
    await bench.settled('patient');
    expect(await bench.facts()).toEqual({
      shop: { a: 1, 'b.c': [true], z: 1 },
    });
    expect(await bench.takeDueForEvaluation()).toEqual(['shop']);
    expect(bench.wakes).not.toEqual([]);

    bench.advance(5 * MINUTE);
    await bench.put(component('shop', { a: 2 }), component('till', { a: 1 }));
    await bench.settled('test');
    await bench.settled('patient');
    expect(await bench.facts()).toEqual({
      shop: { a: 2, z: 1 },
      till: { a: 1, z: 1 },
    });
    expect(await bench.takeDueForEvaluation()).toEqual(['shop', 'till']);

    const { dueIn } = (await bench.settled('test')).get('shop')!;
    expect(dueIn).toBeGreaterThanOrEqual(HOUR / 4);
    expect(dueIn).toBeLessThanOrEqual(1.25 * HOUR);
    bench.advance(1.25 * HOUR);
    await bench.settled('test');
    await bench.settled('patient');
    expect(await bench.observedAt('shop', 'a')).toBe(bench.now);
    expect(await bench.takeDueForEvaluation()).toEqual([]);
    expect(onSchedule.calls.flat().sort()).toEqual([
      'shop',
      'shop',
      'till',
      'till',
    ]);
  });

  it('spreads over the period from then on', async () => {
    await bench.start([echo()]);
    await bench.put(
      ...Array.from({ length: 200 }, (_, n) => component(`c${n}`, { n })),
    );
    const rows = await bench.settled('test');
    const perSixth = [0, 0, 0, 0, 0, 0];
    for (const { dueIn } of rows.values()) {
      perSixth[Math.floor(((dueIn / HOUR) % 1) * 6)] += 1;
    }
    expect(Math.min(...perSixth)).toBeGreaterThan(25);
    expect(Math.max(...perSixth)).toBeLessThan(45);
  });

  it('keeps what a collector remembers, and what did not change', async () => {
    const states: (string | undefined)[] = [];
    const collector = collectorOf(async ([entity], options) => {
      const state = options.states.get(refOf('shop'));
      states.push(state);
      return state
        ? [{ entityRef: refOf('shop'), unchanged: true }]
        : [says(entity, { a: 1, b: 2 }, 'etag')];
    });
    await bench.start([collector]);
    await bench.put(component('shop'));
    await bench.settled('test');
    await bench.takeDueForEvaluation();
    bench.advance(2 * HOUR);
    await bench.settled('test');
    expect(states).toEqual([undefined, 'etag']);
    expect(await bench.facts()).toEqual({ shop: { a: 1, b: 2 } });
    expect(await bench.observedAt('shop', 'b')).toBe(bench.now);
    expect(await bench.takeDueForEvaluation()).toEqual([]);
  });

  it('keeps the last values of what fails, says so, and tries again ever later', async () => {
    let broken = false;
    const collector = collectorOf(async function* fragile([...entities]) {
      for (const entity of entities) {
        const name = nameOf(entity);
        if (!broken) {
          yield says(entity, { a: name });
        } else if (name === 'said') {
          yield {
            entityRef: refOf(name),
            error: new Error(
              'GET https://ci:hunter2@x.example/a?key=hunter2 with Bearer hunter2hunter2\n\tsays 500',
            ),
          };
        } else if (name === 'thrown') {
          throw new Error('No route');
        } else if (name === 'well') {
          yield says(entity, { a: 'still' });
        }
      }
    });
    await bench.start([collector]);
    const names = ['said', 'forgotten', 'well', 'thrown', 'unreached'];
    await bench.put(...names.map(name => component(name)));
    await bench.settled('test');
    await bench.takeDueForEvaluation();

    broken = true;
    bench.advance(2 * HOUR);
    const errors = async () =>
      Object.fromEntries(
        [...(await bench.settled('test'))].map(([name, { error }]) => [
          name,
          error,
        ]),
      );
    expect(await errors()).toEqual({
      well: null,
      said: 'GET https://x.example/a with Bearer … says 500',
      thrown: 'No route',
      forgotten: 'No route',
      unreached: 'No route',
    });
    expect(await bench.facts()).toMatchObject({
      said: { a: 'said' },
      well: { a: 'still' },
      thrown: { a: 'thrown' },
    });
    expect(await bench.takeDueForEvaluation()).toEqual(['well']);

    const delays: number[] = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      const { dueIn, failures } = (await bench.settled('test')).get('said')!;
      expect(failures).toBe(attempt + 1);
      delays.push(dueIn / MINUTE);
      bench.advance(dueIn);
    }
    expect(delays[0]).toBeLessThan(1);
    expect(delays[3]).toBeGreaterThan(2 * delays[1]);
    expect(Math.max(...delays)).toBeLessThan(70);

    broken = false;
    bench.advance(2 * HOUR);
    expect(Object.values(await errors())).toEqual(Array(5).fill(null));
    expect((await bench.settled('test')).get('said')!.failures).toBe(0);
  });

  it('takes no nonsense, and what is good of it', async () => {
    const good = component('good');
    let isBad = false;
    const collector = collectorOf(async () => [
      undefined,
      7,
      { facts: [] },
      says('stranger', { a: 1 }),
      says(good, { a: 1 }),
      says(good, { a: 2 }),
      {
        entityRef: refOf('bad'),
        facts: [
          { name: 'a', value: Number(isBad) },
          { name: 'b', value: isBad ? NaN : 0 },
        ],
      },
      { entityRef: refOf('proto'), facts: [{ name: '__proto__', value: 1 }] },
      {
        entityRef: refOf('twice'),
        facts: [
          { name: 'a', value: 1 },
          { name: 'a', value: 2 },
        ],
      },
      { entityRef: refOf('shapeless'), facts: { a: 1 } },
      {
        entityRef: refOf('undated'),
        facts: [{ name: 'a', value: 1, observedAt: new Date(NaN) }],
      },
      { entityRef: refOf('liar'), unchanged: true },
    ]);
    await bench.start([collector]);
    await bench.put(good);
    await bench.settled('test');
    const names = ['bad', 'proto', 'twice', 'shapeless', 'undated', 'liar'];
    await bench.put(...names.map(name => component(name)));
    await bench.settled('test');
    expect(await bench.facts()).toEqual({
      good: { a: 1 },
      bad: { a: 0, b: 0 },
    });
    expect(bench.logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/not asked for.*: \d+ times/),
    );

    isBad = true;
    bench.advance(2 * HOUR);
    const rows = await bench.settled('test');
    expect(await bench.facts()).toMatchObject({ bad: { a: 1, b: 0 } });
    expect([...rows].map(([name, { error }]) => [name, error])).toEqual(
      expect.arrayContaining([
        ['good', null],
        ['bad', expect.stringMatching(/^b: value: numbers have to be finite/)],
        ['proto', expect.stringMatching(/^__proto__: name: has to be/)],
        ['twice', expect.stringMatching(/facts: the same name twice/)],
        ['shapeless', expect.stringMatching(/mistake: facts: /)],
        ['undated', expect.stringMatching(/mistake: facts.0.observedAt: /)],
        ['liar', expect.stringMatching(/has said nothing yet/)],
      ]),
    );
  });

  it('goes on without collectors that do not end', async () => {
    const signals: AbortSignal[] = [];
    const deaf = collectorOf(
      async function* begin(entities, { signal }) {
        signals.push(signal);
        yield says(entities[0], { quick: true });
        await hang();
      },
      { id: 'deaf', timeout: { milliseconds: 100 } },
    );
    const endless = collectorOf(
      async function* prattle() {
        for (;;) {
          yield says('stranger', {});
        }
      },
      { id: 'endless' },
    );
    const sound = echo({ id: 'sound' });
    await bench.start([deaf, endless, sound]);
    await bench.put(component('a', { x: 1 }), component('b', { x: 1 }));
    const rows = await bench.settled('deaf');
    await bench.settled('endless');
    await bench.settled('sound');
    expect(rows.get('a')).toMatchObject({ error: null });
    expect(rows.get('b')!.error).toBe('No answer within 0.1 seconds');
    expect(signals[0].aborted).toBe(true);
    expect(await bench.facts()).toEqual({
      a: { quick: true, x: 1 },
      b: { x: 1 },
    });

    // Its calls do not pile up without end
    const busy = Array.from({ length: 20 }, (_, n) => component(`n${n}`));
    await Promise.all([
      bench.put(...busy),
      eventually('it is left alone', async () => {
        bench.advance(HOUR);
        return signals.length === 10;
      }),
    ]);
    bench.advance(HOUR);
    await bench.settled('sound');
    expect(signals).toHaveLength(10);
  });

  it('leaves a source alone that asks for it, on all replicas', async () => {
    let limited = true;
    const create = () =>
      collectorOf(
        async function* limitedSource(entities) {
          yield says(entities[0], { a: 1 });
          if (limited) {
            throw new RateLimitError(
              'Too many requests',
              new Date(bench.now + 10 * MINUTE),
            );
          }
          yield* entities.slice(1).map(entity => says(entity, { a: 1 }));
        },
        { batchSize: 2 },
      );
    const collectors = [create(), create()];
    const calls = () => collectors.flatMap(({ calls: all }) => all);
    const [runner] = await Promise.all(
      collectors.map(collector =>
        bench.start([collector, echo({ id: 'sound' })]),
      ),
    );
    await bench.put(component('a'), component('b'));
    await eventually('it was limited', () => calls().length > 0);
    await eventually('it is known', async () => {
      const row = (await bench.collections('test')).get('b');
      return row?.lease === null && row.error;
    });
    await bench.put(component('c'), component('d'));
    expect(await runner.collectNow([await bench.idOf('c')])).toContainEqual({
      id: 'test',
      title: 'Test',
      status: 'skipped',
      message: expect.stringMatching(/left alone until 20.*Z$/),
    });
    // Both have looked since
    await bench.settled('sound');
    expect(calls()).toEqual([['a', 'b']]);
    expect((await bench.collections('test')).get('b')).toMatchObject({
      error: 'Too many requests',
      failures: 0,
      dueIn: 10 * MINUTE,
    });

    limited = false;
    bench.advance(10 * MINUTE);
    await bench.settled('test');
    expect(await bench.facts()).toEqual({
      a: { a: 1 },
      b: { a: 1 },
      c: { a: 1 },
      d: { a: 1 },
    });
  });

  it('is shared by replicas, each entity once; what a dead one had is taken over', async () => {
    const dead = collectorOf(hang, { batchSize: 3 });
    await bench.start([dead]);
    await bench.put(...['a', 'b', 'c'].map(name => component(name, { x: 1 })));
    await eventually('it has begun', () => dead.calls.length === 1);

    const others = [1, 2].map(() => echo({ batchSize: 2 }));
    await Promise.all(others.map(collector => bench.start([collector])));
    const more = Array.from({ length: 30 }, (_, n) => component(`n${n}`));
    await bench.put(...more);
    await eventually('the others have done all the rest', async () => {
      const rows = await bench.collections('test');
      return [...rows].every(
        ([name, row]) => !name.startsWith('n') || row.succeededAt,
      );
    });
    const done = () => others.flatMap(({ calls }) => calls.flat()).sort();
    expect(done()).toEqual(more.map(nameOf).sort());

    // A minute for the call, and one for writing
    bench.advance(2 * MINUTE);
    await bench.settled('test');
    expect(done()).toEqual([...more.map(nameOf), 'a', 'b', 'c'].sort());
    expect(await bench.facts()).toMatchObject({ a: { x: 1 }, c: { x: 1 } });
  });

  it('forgets the facts of what it is not about any more', async () => {
    const collector = echo({
      appliesTo: { kind: 'Component', 'spec.type': 'service' },
    });
    await bench.start([collector]);
    const service = (name: string) => component(name, { type: 'service' });
    await bench.put(
      service('changes'),
      service('leaves'),
      component('site', { type: 'website' }),
    );
    await bench.settled('test');
    expect(Object.keys(await bench.facts())).toEqual(['changes', 'leaves']);
    await bench.takeDueForEvaluation();

    await bench.put(component('changes', { type: 'library' }));
    await bench.remove('leaves');
    await eventually(
      'nothing is left to do',
      async () => (await bench.collections('test')).size === 0,
    );
    expect(await bench.facts()).not.toHaveProperty('changes');
    expect(await bench.takeDueForEvaluation()).toEqual(['changes']);
    expect(collector.calls.flat()).toEqual(['changes', 'leaves']);

    await bench.put(service('leaves'));
    await bench.settled('test');
    expect(collector.calls.flat()).toHaveLength(3);
  });

  it('starts with what is there, also when collectors change', async () => {
    await bench.start([echo({ onEntityChange: false })]);
    await bench.put(component('shop', { type: 'service' }), component('site'));
    await bench.settled('test');
    await bench.stopAll();

    const service = echo({ appliesTo: { 'spec.type': 'service' } });
    const added = echo({ id: 'added' });
    const off = echo({ id: 'off' });
    await bench.start([service, added, off], {
      config: {
        off: { enabled: false },
        added: { every: '10m', batchSize: 1 },
        unknown: { every: 'P1D' },
      },
    });
    const rows = await eventually('it was told of all', async () => {
      const found = await bench.collections('added');
      return found.size === 2 && bench.settled('added');
    });
    expect(rows.get('shop')!.dueIn).toBeLessThanOrEqual(12.5 * MINUTE);
    expect(added.calls).toEqual([['shop'], ['site']]);
    expect(off.calls).toEqual([]);
    expect([...(await bench.settled('test')).keys()]).toEqual(['shop']);
    expect(bench.logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/collectors\.unknown .* test, added, off$/),
    );

    await expect(
      bench.start([echo()], { config: { test: { batchSize: 0 } } }),
    ).rejects.toThrow('test: batchSize has to be a whole number');
    await expect(bench.start([echo({ every: {} })])).rejects.toThrow(
      'test: every has to be a duration',
    );
  });

  it('happens when the collector hears of something, also while it is at it', async () => {
    const control = createDeferred<CollectorControl>();
    const gate = createDeferred<void>();
    const collector = collectorOf(
      async entities => {
        if (collector.calls.length === 2) {
          await gate;
        }
        return entities.map(entity =>
          says(entity, { n: collector.calls.length }),
        );
      },
      {
        every: { days: 1 },
        start: async started => control.resolve(started),
      },
    );
    await bench.start([
      collector,
      echo({ id: 'hanging', start: hang }),
      echo({ id: 'broken', start: () => Promise.reject(new Error('No hook')) }),
    ]);
    await eventually('it was told', () => bench.logger.error.mock.calls[0]);
    expect(bench.logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/broken only runs on its schedule.*No hook/),
    );
    const at = (name: string, url: string) => ({
      ...component(name),
      metadata: {
        ...component(name).metadata,
        annotations: { 'x.io/at': url },
      },
    });
    await bench.put(
      at('whole', 'URL:https://x.example/a_b'),
      at('folder', 'url:https://x.example/a_b/tree/main/folder'),
      at('longer', 'url:https://x.example/a_b-c'),
      at('other', 'url:https://x.example/acb/tree'),
      at('huge', `url:https://x.example/${'a'.repeat(300)}`),
      component('none'),
    );
    await bench.settled('test');
    collector.calls.length = 0;
    await (
      await control
    ).refreshByAnnotation({
      annotation: 'x.io/at',
      valuePrefix: 'url:https://X.example/a_b',
    });
    await bench.settled('test');
    expect(collector.calls.map(names => names.sort())).toEqual([
      ['folder', 'huge', 'whole'],
    ]);

    await (
      await control
    ).refresh({ entityRefs: [refOf('none').toUpperCase()] });
    await eventually('it is at it', () => collector.calls.length === 2);
    await (
      await control
    ).refresh({ entityRefs: [refOf('none'), refOf('gone')] });
    gate.resolve();
    await eventually('it did it again', () => collector.calls.length === 3);
    await bench.settled('test');
    expect(collector.calls.slice(1)).toEqual([['none'], ['none']]);
    expect((await bench.facts()).none).toEqual({ n: 3 });
  });

  it('happens when somebody waits for it, who is told what came of it', async () => {
    const gate = createDeferred<void>();
    const slow = collectorOf(
      async ([entity]) => {
        await gate;
        return [says(entity, { slow: 'at last' })];
      },
      { id: 'slow', title: 'B slow' },
    );
    const steady = collectorOf(
      async ([entity]) =>
        steady.calls.length === 1
          ? [says(entity, { steady: 1 }, 'etag')]
          : [{ entityRef: refOf('shop'), unchanged: true }],
      { id: 'steady', title: 'C steady' },
    );
    const failing = collectorOf(
      async () => [{ entityRef: refOf('shop'), error: new Error('Moved') }],
      { id: 'failing', title: 'A failing' },
    );
    const elsewhere = echo({ id: 'elsewhere', appliesTo: { kind: 'API' } });
    const runner = await bench.start([slow, steady, failing, elsewhere]);
    await bench.put(component('shop'));
    await bench.settled('steady');
    const shop = await bench.idOf('shop');
    const ask = () => runner.collectNow([shop], { waitMs: 100 });
    expect(await ask()).toEqual([
      { id: 'failing', title: 'A failing', status: 'failed', message: 'Moved' },
      {
        id: 'slow',
        title: 'B slow',
        status: 'skipped',
        message: expect.stringMatching(/^No answer within 0.1 seconds/),
      },
      { id: 'steady', title: 'C steady', status: 'unchanged' },
    ]);
    expect(slow.calls).toHaveLength(2);
    for (const _ of [1, 2, 3]) {
      await ask();
    }
    expect((await ask())[1].message).toBe(
      'It is busy, and looks at this as soon as it can',
    );
    gate.resolve();
    await bench.settled('slow');
    expect((await bench.facts()).shop).toEqual({
      slow: 'at last',
      steady: 1,
    });
    expect(await runner.collectNow([shop])).toContainEqual({
      id: 'slow',
      title: 'B slow',
      status: 'collected',
    });
    expect(await runner.collectNow([shop + 1000])).toEqual([]);
  });

  it('goes on when the database was gone', async () => {
    const gate = createDeferred<void>();
    const collector = collectorOf(async ([entity]) => {
      await gate;
      return [says(entity, { a: 1 })];
    });
    await bench.start([collector]);
    await bench.put(component('shop'));
    await eventually('it is at it', () => collector.calls.length === 1);
    await knex.schema.renameTable('collections', 'gone');
    gate.resolve();
    await eventually(
      'it has noticed',
      () =>
        bench.logger.error.mock.calls.length >= 2 &&
        String(bench.logger.error.mock.calls),
    );
    await knex.schema.renameTable('gone', 'collections');
    expect(bench.logger.error.mock.calls.flat().join()).toMatch(
      /could not be stored, and is collected again/,
    );
    bench.advance(2 * MINUTE);
    await bench.settled('test');
    expect(await bench.facts()).toEqual({ shop: { a: 1 } });
    expect((await bench.settled('test')).get('shop')).toMatchObject({
      error: null,
      failures: 0,
    });
  });

  it('goes on when the clock was wrong', async () => {
    const collector = echo();
    await bench.start([collector]);
    const now = bench.now;
    bench.advance(400 * 24 * HOUR);
    await bench.put(component('shop', { a: 1 }));
    await bench.settled('test');
    bench.now = now;
    await bench.stopAll();
    await bench.start([collector]);
    await eventually('it is due again', () => collector.calls.length === 2);
    const { dueIn } = (await bench.settled('test')).get('shop')!;
    expect(dueIn).toBeLessThan(2 * HOUR);
  });

  it('gives back what it has not done when it stops', async () => {
    const aborted = createDeferred<void>();
    const collector = collectorOf(async function* stopped(
      entities,
      { signal },
    ) {
      yield says(entities[0], { a: 1 });
      signal.addEventListener('abort', () => aborted.resolve());
      await hang();
    });
    await bench.start([collector]);
    await bench.put(component('a'), component('b'));
    await eventually('it is at it', () => collector.calls.length === 1);
    await bench.stopAll();
    await aborted;
    const rows = await bench.collections('test');
    expect(rows.get('a')).toMatchObject({ lease: null, error: null });
    expect(rows.get('a')!.dueIn).toBeGreaterThan(0);
    expect(rows.get('b')).toMatchObject({ lease: null, error: null, dueIn: 0 });
    expect(await bench.facts()).toEqual({ a: { a: 1 } });
  });
});
