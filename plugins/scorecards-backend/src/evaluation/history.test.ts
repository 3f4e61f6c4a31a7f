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
import { Retention } from './Retention';

const LEDGER = 'component:default/ledger';
const BILLING = 'component:default/billing';
const READINESS = scorecard([
  { id: 'coverage', level: 'bronze', check: 'facts.coverage >= 80' },
]);

const rules = rulesOfTests();

describe.each(databases.eachSupportedId())('history on %s', id => {
  let knex: Knex;
  let engine: Engine;
  let start: number;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    engine = await startEngine(knex, rules);
    start = engine.clock.now;
  });
  afterEach(() => assertConsistent(engine));

  /** By day, from the start: level, subjects, scored, sum of scores. */
  const rollups = async () => {
    const rows = await knex('level_rollups').orderBy(['day', 'level']);
    return rows.map(row => [
      row.day - Math.floor(start / DAY),
      row.level,
      row.subjects,
      row.scored,
      row.score_sum,
    ]);
  };
  const count = async (table: string) => (await knex(table).select('*')).length;

  describe('of each day', () => {
    beforeEach(async () => {
      await engine.put(service('ledger'), service('billing'), READINESS);
      await engine.push(LEDGER, { coverage: 90 });
      await engine.settle();
    });

    it('shows its end, for days on which somebody moved', async () => {
      expect(await rollups()).toEqual([
        [0, 0, 1, 1, 0],
        [0, 1, 1, 1, 100],
      ]);
      await engine.push(BILLING, { coverage: 80 });
      await engine.settle();
      expect(await rollups()).toEqual([[0, 1, 2, 2, 200]]);

      engine.clock.now += 3 * DAY;
      await engine.push(BILLING, { coverage: 10 });
      await engine.settle();
      expect(await rollups()).toEqual([
        [0, 1, 2, 2, 200],
        [3, 0, 1, 1, 0],
        [3, 1, 1, 1, 100],
      ]);

      engine.clock.now += DAY;
      await engine.remove(LEDGER, BILLING);
      await engine.rollups.writeOpenDays();
      expect((await rollups()).slice(3)).toEqual([[4, 0, 0, 0, 0]]);
    });

    it('is counted by whoever notices, also days later', async () => {
      const before = await rollups();
      await knex('level_rollups').delete();
      engine.clock.now += DAY;
      // Evaluated by a replica that dies before it has counted
      await engine.push(LEDGER, { coverage: 1 });
      await engine.evaluator.evaluateDue({ limit: 9, order: 'oldest' });
      engine.clock.now += DAY;
      await engine.push(LEDGER, { coverage: 99 });
      await engine.settle();
      const other = engine.createReplica();
      await other.rollups.writeOpenDays();
      const expected = [
        ...before,
        [1, 0, 2, 2, 0],
        [2, 0, 1, 1, 0],
        [2, 1, 1, 1, 100],
      ];
      expect(await rollups()).toEqual(expected);

      // What is over for certain is not looked at again
      await knex('level_rollups').where({ level: 0 }).update({ scored: 7 });
      await other.rollups.writeOpenDays();
      expect((await rollups()).filter(row => row[3] === 7)).toEqual([
        [0, 0, 1, 7, 0],
        [1, 0, 2, 7, 0],
      ]);
    });

    it('is counted again when the clock was set back to it', async () => {
      engine.clock.now += 2 * DAY;
      await engine.rollups.writeOpenDays();
      engine.clock.now -= DAY;
      await engine.remove(LEDGER);
      await engine.rollups.writeOpenDays();
      expect((await rollups()).slice(2)).toEqual([[1, 0, 1, 1, 0]]);
    });

    it('ends at midnight for what is counted a moment later', async () => {
      engine.clock.now = (Math.floor(start / DAY) + 1) * DAY - 1;
      await engine.push(BILLING, { coverage: 80 });
      await engine.evaluator.evaluateDue({ limit: 9, order: 'oldest' });
      const [{ id: scorecardId }] = await knex('scorecards').select('id');
      engine.clock.now += 2;
      await engine.push(LEDGER, { coverage: 0 });
      await engine.settle();
      engine.rollups.touch([scorecardId]);
      await engine.rollups.writeTouched();
      expect(await rollups()).toEqual([
        [0, 1, 2, 2, 200],
        [1, 0, 1, 1, 0],
        [1, 1, 1, 1, 100],
      ]);
    });
  });

  describe('is forgotten', () => {
    const forget = (days: number) =>
      new Retention({
        knex,
        now: engine.now,
        retentionMs: days * DAY,
      }).run();

    it('but for what tells how things stood when the retention begins', async () => {
      await engine.put(service('ledger'), READINESS);
      for (const coverage of [10, 90, 20, 95]) {
        engine.clock.now += 10 * DAY;
        await engine.push(LEDGER, { coverage });
        await engine.settle();
      }
      const history = () => engine.history(LEDGER, 'readiness/coverage');
      const before = await history();
      expect(before).toHaveLength(4);
      expect(await count('fact_revisions')).toBe(3);
      await forget(15);
      // From 15 days ago on: 20, 10 days ago, and what held before it
      expect(await history()).toEqual(before.slice(1));
      expect(await engine.standings(LEDGER)).toHaveLength(3);
      const values = await knex('fact_revisions')
        .orderBy('version')
        .pluck('value');
      expect(values).toEqual(['90', '20']);
      await forget(15);
      expect(await history()).toEqual(before.slice(1));
    });

    it('with all there is of entities that left long ago', async () => {
      await engine.put(service('ledger'), service('billing'), READINESS);
      await engine.push(LEDGER, { coverage: 1 });
      await engine.push(BILLING, { coverage: 1 });
      await engine.settle();
      const ledgerId = await engine.idOf(LEDGER);
      await engine.remove(LEDGER);
      engine.clock.now += 10 * DAY;
      await forget(11);
      expect(await engine.history(LEDGER, 'readiness/coverage')).toHaveLength(
        2,
      );
      await forget(9);
      for (const table of [
        'subjects',
        'facts',
        'subject_search',
        'outcome_transitions',
        'standing_transitions',
      ]) {
        const column = table === 'subjects' ? 'id' : 'subject_id';
        const owners = await knex(table).distinct(column).pluck(column);
        expect(owners).not.toContain(ledgerId);
        expect(owners).toContain(await engine.idOf(BILLING));
      }
    });

    it('with revisions that no transition points to, and scorecards that left long ago', async () => {
      const version = (threshold: number) =>
        scorecard([
          {
            id: 'coverage',
            level: 'bronze',
            check: `facts.coverage >= ${threshold}`,
          },
        ]);
      await engine.put(service('ledger'), version(80));
      await engine.settle();
      engine.clock.now += 10 * DAY;
      await engine.put(version(81));
      await engine.put(version(82));
      await engine.settle();
      expect(await count('rule_revisions')).toBe(3);
      await forget(5);
      // Of 80 the transition stays: it holds when the retention begins
      expect(await count('rule_revisions')).toBe(3);
      engine.clock.now += 10 * DAY;
      await forget(5);
      // The first brought the levels, standings point to it
      expect(await count('scorecard_revisions')).toBe(2);
      expect(await count('rule_revisions')).toBe(2);

      await engine.remove('scorecard:default/readiness');
      engine.clock.now += 10 * DAY;
      await forget(5);
      for (const table of [
        'scorecards',
        'scorecard_revisions',
        'rules',
        'rule_revisions',
        'outcome_transitions',
        'level_rollups',
      ]) {
        expect([table, await count(table)]).toEqual([table, 0]);
      }
    });
  });
});
