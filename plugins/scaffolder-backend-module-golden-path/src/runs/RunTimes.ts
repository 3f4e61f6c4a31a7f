import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** How long an answer about all templates is good for, in milliseconds. */
const KEEP_FOR = 60_000;

/** How many of the last runs of a template tell how long it takes. */
const LAST_RUNS = 20;

/** How far back they are looked for, in milliseconds. */
const LOOK_BACK = 90 * 24 * 60 * 60 * 1000;

/**
 * How long a template usually takes.
 *
 * @internal
 */
export interface UsualDuration {
  /** Median of its last runs that ended well at the first attempt. */
  seconds: number;
  /** How many runs that is the median of. */
  runs: number;
}

/** Of the last attempt of a run; a retry forgets the end of the one before. */
interface AttemptTimes {
  startedAt?: Date;
  endedAt?: Date;
  isCancelled?: boolean;
}

/**
 * When runs began and ended, out of the scaffolder's own tables.
 *
 * @internal
 */
export class RunTimes {
  private readonly database: DatabaseService;
  private readonly now: () => number;
  private usual?: { until: number; value: Promise<Map<string, UsualDuration>> };

  constructor(options: { database: DatabaseService; now?: () => number }) {
    this.database = options.database;
    this.now = options.now ?? Date.now;
  }

  /** How long each template that was run lately takes, by its reference. */
  async getUsualDurations(): Promise<Map<string, UsualDuration>> {
    if (!this.usual || this.usual.until < this.now()) {
      const value = this.readUsualDurations();
      this.usual = { until: this.now() + KEEP_FOR, value };
      value.catch(() => {
        this.usual = undefined;
      });
    }
    return await this.usual.value;
  }

  /**
   * When the last attempt of each run began and, if it has, ended: a retry begins
   * anew, perhaps days after the run.
   */
  async getTimes(taskIds: string[]): Promise<Map<string, AttemptTimes>> {
    const client = await this.database.getClient();
    const rows: Array<{
      task_id: string;
      event_type: string;
      at: Date | string;
    }> = await client('task_events')
      .whereIn('task_id', taskIds)
      .whereIn('event_type', ['recovered', 'cancelled', 'completion'])
      .groupBy('task_id', 'event_type')
      .select('task_id', 'event_type', client.raw('max(created_at) as at'));

    const times = new Map<string, AttemptTimes>();
    for (const { task_id: taskId, event_type: type, at } of rows) {
      const known = times.get(taskId) ?? {};
      if (type === 'recovered') {
        known.startedAt = toDate(at);
      } else if (type === 'cancelled') {
        known.isCancelled = true;
      } else {
        known.endedAt = toDate(at);
      }
      times.set(taskId, known);
    }
    return times;
  }

  private async readUsualDurations(): Promise<Map<string, UsualDuration>> {
    const client = await this.database.getClient();
    const finished = client('tasks')
      .join('task_events', join =>
        join
          .on('task_events.task_id', 'tasks.id')
          .andOnVal('task_events.event_type', 'completion'),
      )
      .where('tasks.status', 'completed')
      .where('tasks.created_at', '>', since(client, this.now() - LOOK_BACK))
      // The time in between says how long somebody waited, or a backend was away
      .whereNotExists(
        client('task_events as retries')
          .whereRaw('retries.task_id = tasks.id')
          .where('retries.event_type', 'recovered')
          .select(client.raw('1')),
      )
      .select(
        client.raw(`${templateRefOf(client)} as template_ref`),
        'tasks.created_at as started_at',
        'task_events.created_at as ended_at',
        client.raw(
          `row_number() over (partition by ${templateRefOf(
            client,
          )} order by tasks.created_at desc) as place`,
        ),
      );
    const rows: Array<{
      template_ref: string | null;
      started_at: Date | string;
      ended_at: Date | string;
    }> = await client
      .from(finished.as('finished'))
      .where('place', '<=', LAST_RUNS)
      .select('template_ref', 'started_at', 'ended_at');

    const seconds = new Map<string, number[]>();
    for (const row of rows) {
      if (row.template_ref) {
        const known = seconds.get(row.template_ref) ?? [];
        known.push(
          (toDate(row.ended_at).getTime() - toDate(row.started_at).getTime()) /
            1000,
        );
        seconds.set(row.template_ref, known);
      }
    }
    return new Map(
      [...seconds].map(([ref, all]) => [
        ref,
        { seconds: median(all), runs: all.length },
      ]),
    );
  }
}

/** The task keeps what it was made from as text. */
function templateRefOf(client: Knex): string {
  return client.client.config.client === 'pg'
    ? `(tasks.spec::json #>> '{templateInfo,entityRef}')`
    : `json_extract(tasks.spec, '$.templateInfo.entityRef')`;
}

/** As the database writes moments: SQLite compares them as text, in UTC. */
function since(client: Knex, milliseconds: number): Date | string {
  const date = new Date(milliseconds);
  return client.client.config.client === 'pg'
    ? date
    : date.toISOString().slice(0, 19).replace('T', ' ');
}

function toDate(value: Date | string): Date {
  return value instanceof Date
    ? value
    : new Date(`${value.replace(' ', 'T')}Z`);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
