import {
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readDuration } from '@waymark/backend-support';
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

/** @internal */
export const FULL_PASS_TASK = 'scorecards-full-pass';

/** @internal */
export const RETENTION_TASK = 'scorecards-retention';

/**
 * What evaluates in this process, from when the backend has started until it
 * stops.
 *
 * @internal
 */
export async function createEvaluation(options: {
  config: RootConfigService;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: ScorecardMetrics;
  now: Clock;
  registry: ScorecardRegistry;
  /** Closed at the end. */
  rules: RuleEvaluator;
  scheduler: SchedulerService;
}): Promise<EvaluationQueue> {
  const { config, knex, lifecycle, logger, now, scheduler } = options;

  const evaluator = new Evaluator(options);
  const rollups = new Rollups({ knex, now });
  const queue = new DatabaseEvaluationQueue({ ...options, evaluator, rollups });
  const fullPass = new FullPass({ knex, evaluator, queue, rollups });
  const retention = new Retention({
    knex,
    now,
    retentionMs: durationToMilliseconds(
      readDuration(config, 'scorecards.retention', { days: 400 }),
    ),
  });
  lifecycle.addStartupHook(() => queue.start());
  lifecycle.addShutdownHook(async () => {
    await queue.stop();
    await options.rules.close();
  });

  await scheduler.scheduleTask({
    id: FULL_PASS_TASK,
    frequency: readDuration(config, 'scorecards.fullPass', { hours: 1 }),
    initialDelay: { minutes: 1 },
    timeout: { minutes: 30 },
    async fn(signal) {
      try {
        const started = performance.now();
        const { subjects, different } = await fullPass.run({ signal });
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        logger.info(
          `Compared ${subjects} entities with their scorecards in ${seconds} s, ${different} had to be evaluated`,
        );
      } catch (error) {
        throw new ForwardedError(
          'The full pass did not come to its end',
          error,
        );
      }
    },
  });
  await scheduler.scheduleTask({
    id: RETENTION_TASK,
    frequency: { days: 1 },
    initialDelay: { minutes: 10 },
    timeout: { hours: 2 },
    async fn(signal) {
      try {
        await retention.run({ signal });
      } catch (error) {
        throw new ForwardedError('History could not be forgotten', error);
      }
    },
  });
  return queue;
}
