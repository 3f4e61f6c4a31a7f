import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import {
  assertConsistent,
  Engine,
  rulesOfTests,
  scorecard,
  service,
  startEngine,
} from '../__testUtils__/startEngine';

const LEDGER = 'component:default/ledger';

const rules = rulesOfTests();

describe.each(databases.eachSupportedId())('the queue on %s', id => {
  let knex: Knex;
  let engine: Engine;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    engine = await startEngine(knex, rules);
    await engine.put(
      service('ledger'),
      service('billing'),
      scorecard([
        { id: 'coverage', level: 'bronze', check: 'facts.coverage >= 80' },
      ]),
    );
    engine.queue.start();
  });
  afterEach(async () => {
    await engine.queue.stop();
    await assertConsistent(engine);
  });

  const becomes = (outcome: string) =>
    eventually(
      `it becomes ${outcome}`,
      async () =>
        (await engine.outcomes(LEDGER))['readiness/coverage'] === outcome,
    );

  it('evaluates what is due, told of it or not, and keeps the day up to date', async () => {
    await becomes('noData');
    await engine.push(LEDGER, { coverage: 90 });
    engine.queue.wake();
    await becomes('pass');
    // Nobody says anything
    await engine.push(LEDGER, { coverage: 10 }, engine.clock.now + 1);
    await becomes('fail');
    const day = await eventually('the day is counted', async () => {
      const rows = await knex('level_rollups').select('level', 'subjects');
      return rows.length === 1 && rows[0].subjects === 2 && rows;
    });
    expect(day).toEqual([{ level: 0, subjects: 2 }]);
  });

  it('goes on when the database has failed', async () => {
    await becomes('noData');
    await knex.schema.renameTable('facts', 'out_of_reach');
    await knex('subjects').update({ due_at: engine.clock.now });
    await eventually(
      'it has failed',
      () => engine.logger.warn.mock.calls.length > 0,
    );
    expect(engine.logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/could not be evaluated, they are tried again/),
    );
    await knex.schema.renameTable('out_of_reach', 'facts');
    await engine.push(LEDGER, { coverage: 90 });
    await becomes('pass');
  });

  it('evaluates at once for whoever asks, and passes over what is not there', async () => {
    const ledgerId = await engine.idOf(LEDGER);
    const billingId = await engine.idOf('component:default/billing');
    await engine.remove('component:default/billing');
    await engine.queue.evaluateNow([ledgerId, ledgerId, billingId, 0]);
    expect(await engine.outcomes(LEDGER)).toEqual({
      'readiness/coverage': 'noData',
    });
    await engine.queue.evaluateNow([]);
  });
});
