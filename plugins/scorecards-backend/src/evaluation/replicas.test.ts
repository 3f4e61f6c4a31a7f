import { createDeferred } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
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
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { Evaluator } from './Evaluator';

const LEDGER = 'component:default/ledger';
const COVERAGE = {
  id: 'coverage',
  level: 'bronze',
  check: 'facts.coverage >= 80',
};

const rules = rulesOfTests();

/** Lets the test hold an evaluation in the middle of its transaction. */
function pausable(within: RuleEvaluator) {
  const reached = createDeferred();
  const go = createDeferred();
  const evaluator: RuleEvaluator = {
    async evaluate(batch) {
      reached.resolve();
      await go;
      return within.evaluate(batch);
    },
    close: () => within.close(),
  };
  return { evaluator, reached, go };
}

// SQLite has one process and one connection
const ids = databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3');
const onPostgres =
  ids.length > 0
    ? describe.each(ids)
    : describe.skip.each([['POSTGRES']] as const);

onPostgres('several replicas on %s', id => {
  let knex: Knex;
  let engine: Engine;

  beforeAll(async () => {
    knex = await initDatabase(id as Parameters<typeof initDatabase>[0]);
  });
  beforeEach(async () => {
    engine = await startEngine(knex, rules);
  });
  afterEach(() => assertConsistent(engine));

  it('share the work: nothing is done twice, and nothing is lost', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `s${index}`);
    await engine.put(
      ...names.map(name => service(name)),
      scorecard([
        COVERAGE,
        { id: 'named', level: 'silver', check: 'entity.metadata.name != "s7"' },
      ]),
    );
    const queues = [engine.queue, engine.createReplica().queue];
    for (const queue of queues) {
      queue.start();
    }
    const subjects: number[] = await knex('subjects')
      .where({ kind: 'component' })
      .orderBy('id')
      .pluck('id');
    const report = (value: number) => {
      engine.clock.now += 1;
      const observedAt = engine.clock.now;
      return engine.facts.push(
        subjects.map(subjectId => ({
          subjectId,
          name: 'coverage',
          value,
          observedAt,
          source: 'ci',
        })),
      );
    };
    for (const value of [10, 90, 95, 20, 85]) {
      await report(value);
      queues.forEach(queue => queue.wake());
      await queues[value % 2].evaluateNow(subjects.slice(100, 150));
    }
    await Promise.all(queues.map(queue => queue.evaluateNow(subjects)));
    await Promise.all(queues.map(queue => queue.stop()));
    await engine.settle();

    expect(
      await knex('outcomes').where({
        rule_id: await engine.ruleIdOf('readiness/coverage'),
        outcome: 1,
      }),
    ).toHaveLength(400);
    const repeated = await knex('outcome_transitions as t')
      .join('outcome_transitions as n', join =>
        join
          .on('n.subject_id', 't.subject_id')
          .andOn('n.rule_id', 't.rule_id')
          .andOn('n.id', '>', 't.id')
          .andOn('n.outcome', 't.outcome')
          .andOn('n.rule_revision_id', 't.rule_revision_id'),
      )
      .whereNotExists(
        knex('outcome_transitions as b')
          .select(knex.raw('1'))
          .whereRaw('b.subject_id = t.subject_id and b.rule_id = t.rule_id')
          .whereRaw('b.id > t.id and b.id < n.id'),
      );
    expect(repeated).toEqual([]);
  });

  it('wait for a scorecard to go until an evaluation by it has ended', async () => {
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    const { evaluator, reached, go } = pausable(rules);
    const slow = new Evaluator({
      knex,
      now: engine.now,
      registry: engine.registry,
      rules: evaluator,
    });
    const evaluated = slow.evaluate([await engine.idOf(LEDGER)]);
    await reached;
    let isGone = false;
    const gone = engine
      .remove('scorecard:default/readiness')
      .then(() => (isGone = true));
    // Until it waits for the evaluation
    await eventually('it waits', async () => {
      const { rows } = await knex.raw(
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      return rows.length > 0;
    });
    expect(isGone).toBe(false);
    go.resolve();
    await Promise.all([evaluated, gone]);
    expect(await knex('outcomes')).toEqual([]);
    expect(await knex('standings')).toEqual([]);
    expect(
      (await engine.history(LEDGER, 'readiness/coverage')).map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(['noData', undefined]);
  });

  it('learn of an exemption that is approved during an evaluation', async () => {
    await engine.put(service('ledger'), scorecard([COVERAGE]));
    await engine.push(LEDGER, { coverage: 1 });
    await engine.settle();
    const store = new ExemptionStore({ database: knex });
    const { id: exemption } = await store.create({
      entityRef: LEDGER,
      scorecardRef: 'scorecard:default/readiness',
      ruleId: 'coverage',
      reason: 'Because',
      requestedBy: 'user:default/nia',
      expiresAt: engine.clock.now + DAY,
      now: engine.clock.now,
    });
    const held: Promise<unknown>[] = [];
    const decide = async (change: 'approve' | 'revoke') => {
      engine.clock.now += 1;
      await engine.push(LEDGER, { other: engine.clock.now });
      const { evaluator, reached, go } = pausable(rules);
      const slow = new Evaluator({
        knex,
        now: engine.now,
        registry: engine.registry,
        rules: evaluator,
      });
      held.push(slow.evaluateDue({ limit: 9, order: 'oldest' }));
      await reached;
      const decision = { by: 'user:default/sam', at: engine.clock.now };
      let isDecided = false;
      const decided = (
        change === 'approve'
          ? store.approve(Number(exemption), decision)
          : store.revoke(Number(exemption), decision, { from: 'approved' })
      ).finally(() => (isDecided = true));
      await eventually('it waits', async () => {
        const { rows } = await knex.raw(
          `select 1 from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return isDecided || rows.length > 0;
      });
      go.resolve();
      await Promise.all([...held, decided]);
      await engine.settle();
    };
    await decide('approve');
    await decide('revoke');
    expect(
      (await engine.history(LEDGER, 'readiness/coverage')).map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(['fail', 'exempt', 'fail']);
  });

  it('go on with others while one of them has a subject at hand, and after it is gone', async () => {
    await engine.put(
      service('ledger'),
      service('billing'),
      scorecard([COVERAGE]),
    );
    const { evaluator, reached, go } = pausable(rules);
    const slow = new Evaluator({
      knex,
      now: engine.now,
      registry: engine.registry,
      rules: evaluator,
    });
    const held = slow.evaluate([await engine.idOf(LEDGER)]);
    await reached;
    await engine.settle();
    expect(await engine.outcomes('component:default/billing')).toEqual({
      'readiness/coverage': 'noData',
    });
    expect(await engine.outcomes(LEDGER)).toEqual({});

    // The connection is lost, as with a replica that is killed
    const { rows } = await knex.raw(
      `select pid from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    );
    const lost = held.catch(error => error);
    await knex.raw('select pg_terminate_backend(?)', [rows[0].pid]);
    go.resolve();
    expect(await lost).toBeInstanceOf(Error);
    expect(await engine.outcomes(LEDGER)).toEqual({});
    await engine.settle();
    expect(await engine.outcomes(LEDGER)).toEqual({
      'readiness/coverage': 'noData',
    });
  });
});
