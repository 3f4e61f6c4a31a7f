import {
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Weeks } from '../calendar/Weeks';
import { Clock } from '../clock/clockServiceRef';
import {
  readDeriveSettings,
  readRetention,
} from '../config/readDeriveSettings';
import { derive, DERIVATION_VERSION } from '../derive/derive';
import { forgetSample } from '../store/forgetSample';
import { Derivation, FindRuns } from './Derivation';
import { DerivationWorker } from './DerivationWorker';
import { adoptDigest, digestOf } from './rebuild';
import { Retention } from './Retention';
import { scheduleUpkeep } from './scheduleUpkeep';

/**
 * What derives in this process, from when the backend has started until it stops.
 *
 * @internal
 */
export async function createWorker(options: {
  config: RootConfigService;
  findRuns: FindRuns;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  now: Clock;
  onDerived: (entityIds: number[]) => Promise<void>;
  scheduler: SchedulerService;
}): Promise<DerivationWorker> {
  const { config, findRuns, knex, lifecycle, logger, scheduler } = options;
  const settings = readDeriveSettings(config);
  const digest = digestOf(settings, DERIVATION_VERSION);
  const worker = new DerivationWorker({
    derivation: new Derivation({ derive, digest, findRuns, knex, settings }),
    knex,
    logger,
    onDerived: options.onDerived,
  });
  const isSampleWanted = config.getOptionalBoolean('goldenPaths.sample');
  lifecycle.addStartupHook(async () => {
    const forgotten = isSampleWanted ? 0 : await forgetSample(knex);
    if (forgotten > 0) {
      logger.info(`Forgot ${forgotten} events of the sample organization`);
    }
    if (await adoptDigest(knex, digest)) {
      logger.info(
        'Everything is derived anew, since settings or their meaning changed',
      );
    }
    worker.start();
  });
  lifecycle.addShutdownHook(() => worker.stop());
  await scheduleUpkeep({
    knex,
    retention: new Retention({
      ...options,
      retentionMs: readRetention(config),
      weeks: Weeks.of(settings.timeZone),
    }),
    scheduler,
    wake: () => worker.wake(),
  });
  return worker;
}
