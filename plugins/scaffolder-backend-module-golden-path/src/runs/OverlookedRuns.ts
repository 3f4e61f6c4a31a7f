import { DatabaseService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { Knex } from 'knex';

/** How long a run may wait for a worker before it counts as overlooked. */
const PATIENCE_SECONDS = 3;

/** What the scaffolder takes without configuration, see its `config.d.ts`. */
const DEFAULT_STALE_TIMEOUT_MS = 30_000;
const DEFAULT_CONCURRENT_TASKS = 10;

interface TaskRow {
  id: string;
  status: string;
  last_heartbeat_at: Knex.Raw;
}

/**
 * Finds runs that were accepted and that no worker knows of.
 *
 * The scaffolder wakes its worker in memory. A run that is written at the moment
 * in which the worker has looked and not yet begun to wait, or whose replica ends
 * right after it, stays open until somebody starts another run
 * (backstage/backstage issue 27217). The scaffolder's own recovery wakes the
 * worker for runs whose worker has gone, so an overlooked run is handed to that.
 *
 * @internal
 */
export class OverlookedRuns {
  private constructor(
    private readonly options: {
      database: DatabaseService;
      staleSeconds: number;
      concurrentTasks: number;
    },
  ) {}

  /**
   * @returns undefined where the scaffolder does not recover runs: there a run
   * handed over would stay where it is
   */
  static fromConfig(options: {
    config: Config;
    database: DatabaseService;
  }): OverlookedRuns | undefined {
    const { config, database } = options;
    if (!config.getOptionalBoolean('scaffolder.taskRecovery.enabled')) {
      return undefined;
    }
    const staleTimeout = 'scaffolder.taskRecovery.staleTimeout';
    const staleMs = config.has(staleTimeout)
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: staleTimeout }),
        )
      : DEFAULT_STALE_TIMEOUT_MS;
    return new OverlookedRuns({
      database,
      staleSeconds: Math.ceil(staleMs / 1000),
      concurrentTasks:
        config.getOptionalNumber('scaffolder.concurrentTasksLimit') ??
        DEFAULT_CONCURRENT_TASKS,
    });
  }

  /** @returns how many runs were handed over */
  async handOver(): Promise<number> {
    const { staleSeconds, concurrentTasks } = this.options;
    const knex: Knex = await this.options.database.getClient();
    const waiting = await knex<TaskRow>('tasks')
      .where({ status: 'open' })
      // The first heartbeat of a run is that of the worker which takes it
      .whereRaw('coalesce(last_heartbeat_at, created_at) <= ?', [
        secondsAgo(knex, PATIENCE_SECONDS),
      ])
      .pluck('id');
    if (waiting.length === 0) {
      return 0;
    }
    const [{ count }] = await knex<TaskRow>('tasks')
      .where({ status: 'processing' })
      .count({ count: '*' });
    if (Number(count) >= concurrentTasks) {
      // They wait in the queue of a busy worker, which comes back for them
      return 0;
    }
    return knex<TaskRow>('tasks')
      .whereIn('id', waiting)
      .where({ status: 'open' })
      .update({
        status: 'processing',
        last_heartbeat_at: secondsAgo(knex, staleSeconds + 1),
      });
  }
}

function secondsAgo(knex: Knex, seconds: number): Knex.Raw {
  return knex.client.config.client === 'pg'
    ? knex.raw('now() - make_interval(secs => ?)', [seconds])
    : knex.raw(`datetime('now', ?)`, [`-${seconds} seconds`]);
}
