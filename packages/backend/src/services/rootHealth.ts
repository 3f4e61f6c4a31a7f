import {
  coreServices,
  createServiceFactory,
  RootHealthService,
} from '@backstage/backend-plugin-api';
import { DatabaseProbe } from './DatabaseProbe';
import { rootDatabaseServiceRef } from './rootDatabase';

// Below the timeouts of common probes, so that they get the reason
const TIMEOUT_MS = 2000;
const FRESH_MS = 1000;

const failing = (message: string) => ({
  status: 503,
  payload: { status: 'error', message },
});

/**
 * Health as Backstage has it, and beyond it: a backend is not ready while its
 * database does not answer. It is alive all the same, since starting it again
 * would not help the database.
 *
 * @internal
 */
export const rootHealth = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    knex: rootDatabaseServiceRef,
    lifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async factory({ knex, lifecycle, rootLogger }): Promise<RootHealthService> {
    const logger = rootLogger.child({ service: 'rootHealth' });
    let state: 'starting' | 'up' | 'stopping' = 'starting';
    lifecycle.addStartupHook(() => {
      state = 'up';
    });
    lifecycle.addBeforeShutdownHook(() => {
      state = 'stopping';
    });

    // SQLite is in this very process
    const probe = knex
      ? new DatabaseProbe({
          knex,
          logger,
          timeoutMs: TIMEOUT_MS,
          freshMs: FRESH_MS,
        })
      : undefined;

    return {
      async getLiveness() {
        return { status: 200, payload: { status: 'ok' } };
      },
      async getReadiness() {
        if (state === 'starting') {
          return failing('Backend has not started yet');
        }
        if (state === 'stopping') {
          return failing('Backend is shutting down');
        }
        const database = await probe?.check();
        return database && !database.ok
          ? failing(database.reason)
          : { status: 200, payload: { status: 'ok' } };
      },
    };
  },
});
