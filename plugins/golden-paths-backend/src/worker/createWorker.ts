import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Derive, DeriveSettings } from '../derive/Derived';
import { Derivation } from './Derivation';
import { DerivationWorker } from './DerivationWorker';
import { adoptDigest, digestOf } from './rebuild';

/**
 * What derives in this process, from when the backend has started until it stops.
 *
 * @internal
 */
export async function createWorker(options: {
  derive: Derive;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  settings: DeriveSettings;
  /** Of `derive`. */
  version: number;
}): Promise<DerivationWorker> {
  const { knex, lifecycle, logger, settings, version } = options;
  const digest = digestOf(settings, version);
  const worker = new DerivationWorker({
    derivation: new Derivation({ ...options, digest }),
    knex,
    logger,
  });
  lifecycle.addStartupHook(async () => {
    if (await adoptDigest(knex, digest)) {
      logger.info(
        'Everything is derived anew, since settings or their meaning changed',
      );
    }
    worker.start();
  });
  lifecycle.addShutdownHook(() => worker.stop());
  return worker;
}
