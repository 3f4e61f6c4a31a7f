import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import {
  assertConsistent,
  DAY,
  Engine,
  rulesOfTests,
  scorecard,
  service,
  startEngine,
} from '../__testUtils__/startEngine';

const LEDGER = 'component:default/ledger';
const COVERAGE = {
  id: 'coverage',
  level: 'bronze',
  check: 'facts.coverage.percent >= 80',
};

const rules = rulesOfTests();

describe.each(databases.eachSupportedId())('evaluation on %s', id => {
  let knex: Knex;
  let engine: Engine;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    engine = await startEngine(knex, rules);
  });
  afterEach(() => assertConsistent(engine));

  /** How often each outcome of a rule became another one. */
  const outcomesOf = async (rule = 'readiness/coverage') =>
    (await engine.history(LEDGER, rule)).map(({ outcome }) => outcome);
  const levels = async () =>
    (await engine.standings(LEDGER)).map(({ level }) => level);
  const isDue = async (ref = LEDGER) => {
    const dueAt = await engine.dueAt(ref);
    return dueAt !== undefined && dueAt <= engine.clock.now;
  };

  it('yields each outcome', async () => {
    await engine.put(
      service('ledger'),
      service('site', { type: 'website' }),
      scorecard([
        { id: 'pass', check: 'facts.a == 1' },
        { id: 'fail', check: 'facts.a == 2' },
        { id: 'excused', check: 'facts.a == 2' },
        {
          id: 'elsewhere',
          check: 'facts.a == 1',
          appliesTo: { 'spec.lifecycle': 'experimental' },
        },
        { id: 'missing', check: 'facts.b == 1' },
        { id: 'broken', check: 'facts.a + "x" == "1x"' },
      ]),
    );
    await engine.push(LEDGER, { a: 1 });
    await engine.exempt(LEDGER, 'readiness/excused', {
      until: engine.clock.now + DAY,
    });
    await engine.settle();
    expect(await engine.outcomes(LEDGER)).toEqual({
      'readiness/pass': 'pass',
      'readiness/fail': 'fail',
      'readiness/excused': 'exempt',
      'readiness/elsewhere': 'notApplicable',
      'readiness/missing': 'noData',
      'readiness/broken': 'error',
    });
    expect(await engine.outcomes('component:default/site')).toEqual({});
    const [broken] = await engine.history(LEDGER, 'readiness/broken');
    expect(broken.detail).toEqual(expect.stringMatching(/.{10}/));
    const [excused] = await engine.history(LEDGER, 'readiness/excused');
    expect(excused).toMatchObject({
      detail: 'fail',
      exemptionId: expect.any(Number),
    });
    expect(await engine.standings(LEDGER)).toMatchObject([
      { level: 0, through: false, score: 25, previousLevel: null },
    ]);
  });

  it('follows facts, and writes only what changes', async () => {
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    await engine.settle();
    await engine.push(LEDGER, { 'coverage.percent': 70 });
    await engine.settle();
    await engine.push(LEDGER, { 'coverage.percent': 75 }, engine.clock.now + 1);
    await engine.settle();
    engine.clock.now += 1000;
    await engine.push(LEDGER, { 'coverage.percent': 90, other: 1 });
    await engine.settle();
    const history = await engine.history(LEDGER, 'readiness/coverage');
    expect(history.map(({ outcome }) => outcome)).toEqual([
      'noData',
      'fail',
      'pass',
    ]);
    const subject = await knex('subjects').where({ ref: LEDGER }).first();
    expect(history[2].version).toBe(subject.version);
    expect(subject.referenced_version).toBe(subject.version);
    expect(await engine.standings(LEDGER)).toMatchObject([
      { level: 0, score: 0, isNews: false },
      { level: 1, score: 100, previousLevel: 0, isNews: true },
    ]);
  });

  it('follows the document of an entity, into the population and out of it', async () => {
    await engine.put(
      service('ledger', { type: 'library' }),
      scorecard([
        { id: 'owned', level: 'bronze', check: 'entity.spec.owner == "a"' },
      ]),
    );
    await engine.settle();
    expect(await engine.outcomes(LEDGER)).toEqual({});
    await engine.put(service('ledger'));
    await engine.settle();
    await engine.put(service('ledger', { owner: 'b' }));
    await engine.settle();
    await engine.put(service('ledger', { type: 'library' }));
    await engine.settle();
    expect(await outcomesOf('readiness/owned')).toEqual([
      'pass',
      'fail',
      undefined,
    ]);
    expect(await levels()).toEqual([1, 0, null]);
    expect(await knex('outcomes')).toEqual([]);
    expect(await knex('standings')).toEqual([]);
    await engine.put(service('ledger'));
    await engine.settle();
    expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
      level: 1,
      previousLevel: null,
      isNews: false,
    });
  });

  it('follows exemptions from their start to their end', async () => {
    const { clock } = engine;
    const start = clock.now;
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    await engine.push(LEDGER, { 'coverage.percent': 10 });
    await engine.settle();
    await engine.exempt(LEDGER, 'readiness/coverage', {
      from: start + DAY,
      until: start + 2 * DAY,
    });
    await engine.settle();
    expect(await engine.dueAt(LEDGER)).toBe(start + DAY);
    clock.now = start + DAY;
    await engine.settle();
    expect(await engine.dueAt(LEDGER)).toBe(start + 2 * DAY);
    expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
      level: 1,
      through: true,
      score: null,
    });
    // What passes needs no excuse, and what it would be otherwise is told
    await engine.push(LEDGER, { 'coverage.percent': 85 });
    await engine.settle();
    clock.now += 1;
    await engine.push(LEDGER, { 'coverage.percent': 11 });
    await engine.settle();
    clock.now = start + 2 * DAY;
    await engine.settle();
    expect(await outcomesOf()).toEqual([
      'fail',
      'exempt',
      'pass',
      'exempt',
      'fail',
    ]);
    expect(await engine.dueAt(LEDGER)).toBeUndefined();
  });

  it('finds a fact too old at the very moment, without anybody reporting it', async () => {
    const { clock } = engine;
    const start = clock.now;
    await engine.put(
      service('ledger'),
      scorecard([{ ...COVERAGE, maxAge: { days: 2 } }]),
    );
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    await engine.settle();
    expect(await engine.dueAt(LEDGER)).toBe(start + 2 * DAY);
    clock.now = start + DAY;
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    clock.now = start + 2 * DAY;
    await engine.settle();
    expect(await outcomesOf()).toEqual(['pass']);
    clock.now = start + 3 * DAY;
    expect(await isDue()).toBe(true);
    await engine.settle();
    expect(await outcomesOf()).toEqual(['pass', 'noData']);
    // Seen again, with the same value: that is a version of its own
    clock.now += 1;
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    await engine.settle();
    const [pass, noData, again] = await engine.history(
      LEDGER,
      'readiness/coverage',
    );
    expect(again).toMatchObject({ outcome: 'pass' });
    expect(noData.version).toBe(pass.version);
    expect(again.version).toBeGreaterThan(pass.version);
  });

  it('notices that a part of what a rule reads is there again', async () => {
    const { clock } = engine;
    // Thirds of a day are no whole milliseconds
    const maxAge = { days: 0.3333333333 };
    await engine.put(
      service('ledger'),
      scorecard([{ ...COVERAGE, check: 'size(facts.scan) > 0', maxAge }]),
    );
    // A name that nobody has heard of before
    await engine.push(LEDGER, { 'scan.image': 'ledger:1' });
    await engine.settle();
    clock.now += DAY / 3;
    await engine.settle();
    await engine.push(LEDGER, { 'scan.image': 'ledger:1' });
    await engine.settle();
    expect(await outcomesOf()).toEqual(['pass', 'noData', 'pass']);
  });

  it('counts a rule from its effectiveFrom on', async () => {
    const { clock } = engine;
    await engine.put(
      service('ledger'),
      service('site', { type: 'website' }),
      scorecard([
        { id: 'owned', level: 'bronze', check: 'entity.spec.owner == "a"' },
        { ...COVERAGE, effectiveFrom: '2026-12-01' },
      ]),
    );
    await engine.push(LEDGER, { 'coverage.percent': 10 });
    await engine.settle();
    expect(await levels()).toEqual([1]);
    expect(await engine.dueAt(LEDGER)).toBe(Date.parse('2026-12-01'));
    expect(await engine.dueAt('component:default/site')).toBeUndefined();
    clock.now = Date.parse('2026-12-01');
    await engine.settle();
    expect(await levels()).toEqual([1, 0]);
    expect(await outcomesOf()).toEqual(['fail']);
    expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
      at: clock.now,
      score: 50,
      isNews: true,
    });
  });

  it('writes nothing when nothing changed, however often it looks', async () => {
    await engine.put(
      service('ledger'),
      service('billing'),
      scorecard([
        COVERAGE,
        { id: 'broken', check: 'facts.coverage.percent + "x" == "é𝄞"' },
        { id: 'gone', check: 'facts.none == 1', maxAge: { days: 1 } },
        {
          id: 'excused',
          level: 'silver',
          check: 'facts.coverage.percent > 99',
        },
      ]),
    );
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    await engine.exempt(LEDGER, 'readiness/excused', {
      until: engine.clock.now + DAY,
    });
    await engine.settle();
    await engine.fullPass.run();
    const tables = [
      'subjects',
      'outcomes',
      'outcome_transitions',
      'standings',
      'standing_transitions',
      'level_rollups',
      'fact_names',
      'progress',
    ];
    const state = () =>
      Promise.all(
        tables.map(table =>
          knex(table).select(
            '*',
            // Whichever transaction wrote the row last
            ...(id === 'SQLITE_3' ? [] : [knex.raw('xmin::text')]),
          ),
        ),
      );
    const before = await state();
    engine.clock.now += 1000;
    expect(await engine.fullPass.run()).toEqual({ subjects: 3, different: 0 });
    await engine.queue.evaluateNow([await engine.idOf(LEDGER)]);
    expect(await state()).toEqual(before);
  });

  it('mends what is stored wrongly, and what no trigger tells, in a full pass', async () => {
    const { clock } = engine;
    await engine.put(
      service('ledger'),
      service('billing'),
      scorecard([
        COVERAGE,
        {
          id: 'recent',
          level: 'bronze',
          check: "now - timestamp(facts.deployedAt) < duration('720h')",
        },
      ]),
    );
    await engine.push(LEDGER, {
      'coverage.percent': 90,
      deployedAt: new Date(clock.now - 29 * DAY).toISOString(),
    });
    await engine.settle();
    clock.now += 2 * DAY;
    expect(await engine.settle()).toBe(0);
    expect(await engine.fullPass.run()).toMatchObject({ different: 1 });
    expect(await outcomesOf('readiness/recent')).toEqual(['pass', 'fail']);

    // As if by a mishap
    const subjectId = await engine.idOf(LEDGER);
    await knex('outcomes').where({ subject_id: subjectId }).delete();
    await knex('standings').update({ level: 2 });
    expect(await engine.fullPass.run()).toMatchObject({ different: 2 });
    expect(await engine.outcomes(LEDGER)).toEqual({
      'readiness/coverage': 'pass',
      'readiness/recent': 'fail',
    });
    expect(await knex('standings').pluck('level')).toEqual([0, 0]);
    // The last word of the history is right again, too
    expect(await engine.fullPass.run()).toMatchObject({ different: 0 });
  });

  it('never writes a transition before the last one, when the clock is set back', async () => {
    const { clock } = engine;
    const start = clock.now;
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    await engine.settle();
    clock.now = start - 3 * DAY;
    await engine.put(service('ledger', { type: 'library' }));
    await engine.settle();
    await engine.put(service('ledger'));
    await engine.settle();
    await engine.remove(LEDGER);
    const history = await engine.history(LEDGER, 'readiness/coverage');
    expect(history.map(({ at, outcome }) => [at, outcome])).toEqual([
      [start, 'pass'],
      [start, undefined],
      [start, 'pass'],
      [start, undefined],
    ]);
    clock.now = start + DAY;
    await engine.put(service('ledger'));
    await engine.settle();
    expect(
      (await engine.history(LEDGER, 'readiness/coverage')).at(-1)?.at,
    ).toBe(clock.now);
  });

  it('leaves nothing of a subject that is deleted while it is due', async () => {
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    await engine.push(LEDGER, { 'coverage.percent': 90 });
    await engine.settle();
    await engine.push(LEDGER, { 'coverage.percent': 10 }, engine.clock.now + 1);
    expect(await isDue()).toBe(true);
    await engine.remove(LEDGER);
    await engine.settle();
    await engine.queue.evaluateNow([await engine.idOf(LEDGER)]);
    expect(await outcomesOf()).toEqual(['pass', undefined]);
    expect(await levels()).toEqual([1, null]);
    expect(await knex('outcomes')).toEqual([]);
    expect(await knex('standings')).toEqual([]);
  });

  it('leaves subjects due when it dies before it commits', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await engine.put(
      ...names.map(name => service(name)),
      scorecard([COVERAGE]),
    );
    const transitions = () => knex('outcome_transitions').pluck('id');
    // At each of the writes, one after the other
    for (const table of [
      'outcomes',
      'outcome_transitions',
      'standings',
      'standing_transitions',
    ]) {
      await knex.schema.renameTable(table, 'out_of_reach');
      await expect(
        engine.evaluator.evaluateDue({ limit: 250, order: 'oldest' }),
      ).rejects.toThrow();
      await knex.schema.renameTable('out_of_reach', table);
      expect(await transitions()).toEqual([]);
      expect(await isDue('component:default/s3')).toBe(true);
    }
    await engine.settle();
    expect(await transitions()).toHaveLength(20);
  });
});
