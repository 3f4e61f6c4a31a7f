import {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { ScorecardRegistry } from '../scorecards/ScorecardRegistry';
import { DatabaseEvaluationQueue } from './DatabaseEvaluationQueue';
import { EvaluationQueue } from './EvaluationQueue';
import { Evaluator } from './Evaluator';
import { FullPass } from './FullPass';
import { Retention } from './Retention';
import { Rollups } from './Rollups';

/**
 * What evaluates in this process. It begins with `start`.
 *
 * @internal
 */
export async function createEvaluation(options: {
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: ScorecardMetrics;
  now: Clock;
  registry: ScorecardRegistry;
  rules: RuleEvaluator;
  scheduler: SchedulerService;
  /** How often everything is compared. */
  fullPassEvery: HumanDuration;
  /** How long history is kept. */
  retention: HumanDuration;
}): Promise<{ queue: EvaluationQueue; start(): void }> {
  const { knex, logger, now, scheduler, fullPassEvery, retention } = options;
  const evaluator = new Evaluator(options);
  const rollups = new Rollups({ knex, now });
  const queue = new DatabaseEvaluationQueue({ ...options, evaluator, rollups });
  const fullPass = new FullPass({ knex, evaluator, queue, rollups });
  const forgetting = new Retention({
    knex,
    now,
    retentionMs: durationToMilliseconds(retention),
  });

  await scheduler.scheduleTask({
    id: 'scorecards:full-pass',
    frequency: fullPassEvery,
    initialDelay: { minutes: 1 },
    timeout: { minutes: 30 },
    fn: async signal => {
      const { subjects, different } = await fullPass.run({ signal });
      logger.info(
        `Full pass over ${subjects} entities: ${different} had to be evaluated`,
      );
    },
  });
  await scheduler.scheduleTask({
    id: 'scorecards:retention',
    frequency: { days: 1 },
    initialDelay: { minutes: 10 },
    timeout: { hours: 2 },
    fn: signal => forgetting.run({ signal }),
  });
  options.lifecycle.addShutdownHook(() => queue.stop());
  return { queue, start: () => queue.start() };
}
