import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { EngineTrial } from '../__testUtils__/EngineTrial';
import { startEngine } from '../__testUtils__/startEngine';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { WorkerRuleEvaluator } from '../rules/WorkerRuleEvaluator';

const STEPS = 60;
const SEEDS = [21, 24];

let rules: RuleEvaluator;
beforeAll(() => {
  rules = new WorkerRuleEvaluator({
    logger: mockServices.logger.mock(),
    // The model knows nothing of a machine that is slow
    maxEvaluationMs: 10_000,
  });
});
afterAll(() => rules.close());

describe.each(databases.eachSupportedId())('whatever happens on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });

  it.each(SEEDS)('comes out as if told from the start (%d)', async seed => {
    const trial = new EngineTrial(await startEngine(knex, rules), seed);
    await trial.start();
    for (let step = 0; step < STEPS; step++) {
      await trial.step();
    }
    await trial.comparePast();
    expect(trial.steps).toHaveLength(STEPS);
  });
});
