import { randomUUID } from 'node:crypto';
import { inTransaction, skipLocked, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { RunRow, toRun, toRunRow, unknownRun } from './runRows';
import { ScaffolderRun } from './ScaffolderRun';

const TABLE = 'scaffolder_runs';

/** Longer than it takes to ask the scaffolder. */
const LEASE_MS = 90_000;

/**
 * A run that was taken to be looked at.
 *
 * @internal
 */
export interface TakenRun {
  taskId: string;
  lease: string;
  /** As it was last seen; absent: nothing is known yet. */
  known?: ScaffolderRun;
}

/**
 * The table `scaffolder_runs`. A row is due at `due_at`; who takes it moves that
 * behind the lease, so that whoever hears of the run meanwhile can move it back.
 *
 * @internal
 */
export class ScaffolderRunStore {
  readonly #clock: () => number;
  readonly #knex: Knex;
  readonly #onChange: (tx: Knex.Transaction, entityRef: string) => unknown;

  constructor(options: {
    clock: () => number;
    knex: Knex;
    /** Called inside the transaction that changes a run of a known entity. */
    onChange: (tx: Knex.Transaction, entityRef: string) => unknown;
  }) {
    this.#clock = options.clock;
    this.#knex = options.knex;
    this.#onChange = options.onChange;
  }

  /** Has runs looked at, also those that nothing is known of. */
  async hear(taskIds: readonly string[], delayMs = 0): Promise<void> {
    if (taskIds.length === 0) {
      return;
    }
    const now = this.#clock();
    await inTransaction(this.#knex, async tx => {
      await tx(TABLE)
        .insert(
          [...new Set(taskIds)].sort().map(taskId => ({
            ...toRunRow(unknownRun(taskId, now)),
            revision: '',
            due_at: now + delayMs,
          })),
        )
        .onConflict('task_id')
        .ignore();
      await whereAny(tx, tx(TABLE), 'task_id', taskIds)
        .where(query =>
          query.whereNull('due_at').orWhere('due_at', '>', now + delayMs),
        )
        .update({ due_at: now + delayMs });
    });
  }

  /** Takes runs that are due, the longest due first. */
  async takeDue(limit: number): Promise<TakenRun[]> {
    const now = this.#clock();
    // What is due is rare, and looking for it must not cost a transaction
    if (!(await this.#due(this.#knex(TABLE), now).first('task_id'))) {
      return [];
    }
    return inTransaction(this.#knex, async tx => {
      const rows: RunRow[] = await skipLocked(
        tx,
        this.#due(tx(TABLE), now).orderBy('due_at').limit(limit),
      ).select('*');
      const lease = randomUUID();
      await whereAny(
        tx,
        tx(TABLE),
        'task_id',
        rows.map(row => row.task_id),
      ).update({
        lease,
        lease_until: now + LEASE_MS,
        due_at: now + LEASE_MS,
      });
      return rows.map(row => ({
        taskId: row.task_id,
        lease,
        known: row.revision === '' ? undefined : toRun(row),
      }));
    });
  }

  /**
   * Writes what was found out, and when to look again. Whoever heard of it meanwhile
   * has it looked at before.
   */
  async write(
    taken: TakenRun,
    found: { run: ScaffolderRun; revision: string; dueInMs?: number },
  ): Promise<void> {
    const { run, revision, dueInMs } = found;
    const { taskId, lease } = taken;
    await inTransaction(this.#knex, async tx => {
      const now = this.#clock();
      const row: RunRow | undefined = await tx(TABLE)
        .where({ task_id: taskId, lease })
        .first('*');
      if (!row) {
        // It took longer than the lease; whoever has it now knows better
        return;
      }
      const isHeard = Number(row.due_at) < Number(row.lease_until);
      await tx(TABLE)
        .where({ task_id: taskId, lease })
        .update({
          ...toRunRow(run),
          // Of those that only the repository could tell
          entity_ref: run.entityRef ?? row.entity_ref,
          repository_url: run.repositoryUrl ?? row.repository_url,
          revision,
          lease: null,
          lease_until: null,
          ...(!isHeard && {
            due_at: dueInMs === undefined ? null : now + dueInMs,
          }),
        });
      const entityRef = run.entityRef ?? row.entity_ref;
      if (entityRef && (taken.known === undefined || differs(run, row))) {
        await this.#onChange(tx, entityRef);
      }
    });
  }

  /** The scaffolder does not know it: what is known stays, and it is not asked for again. */
  async forget({ taskId, lease }: TakenRun): Promise<void> {
    await this.#knex(TABLE)
      .where({ task_id: taskId, lease, revision: '' })
      .delete();
    await this.#knex(TABLE)
      .where({ task_id: taskId, lease })
      .update({ due_at: null, lease: null, lease_until: null });
  }

  /** Looked at in vain. */
  async postpone(taken: TakenRun, delayMs: number): Promise<void> {
    await this.#knex(TABLE)
      .where({ task_id: taken.taskId, lease: taken.lease })
      .update({
        due_at: this.#clock() + delayMs,
        lease: null,
        lease_until: null,
      });
  }

  /** Those of which the scaffolder now says something else than when they were looked at. */
  async differing(
    listed: readonly { taskId: string; revision: string }[],
  ): Promise<string[]> {
    const rows: Pick<RunRow, 'task_id' | 'revision'>[] = await whereAny(
      this.#knex,
      this.#knex(TABLE),
      'task_id',
      listed.map(({ taskId }) => taskId),
    ).select('task_id', 'revision');
    const known = new Map(rows.map(row => [row.task_id, row.revision]));
    return listed
      .filter(({ taskId, revision }) => known.get(taskId) !== revision)
      .map(({ taskId }) => taskId);
  }

  /** Those that had not ended when they were last looked at. */
  async running(): Promise<string[]> {
    return this.#knex(TABLE)
      .whereIn('status', ['open', 'processing'])
      .whereNull('due_at')
      .pluck('task_id');
  }

  async find(taskId: string): Promise<ScaffolderRun | undefined> {
    const row: RunRow | undefined = await this.#knex(TABLE)
      .where({ task_id: taskId })
      .whereNot({ revision: '' })
      .first('*');
    return row && toRun(row);
  }

  /**
   * Learns from a repository which run made it, and so what a run made that failed
   * before it could say. A run that made something else keeps that.
   */
  async learn(origin: {
    taskId: string;
    entityRef: string;
    repositoryUrl: string;
  }): Promise<void> {
    const changed = await this.#knex(TABLE)
      .where({ task_id: origin.taskId, creates: true })
      .whereNull('entity_ref')
      .update({
        entity_ref: origin.entityRef,
        repository_url: this.#knex.raw('coalesce(??, ?)', [
          'repository_url',
          origin.repositoryUrl,
        ]),
      });
    if (changed > 0) {
      await this.hear([origin.taskId]);
    }
  }

  #due(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
    return query.where('due_at', '<=', now).where(free =>
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<=', now)
        // From a clock that was wrong
        .orWhere('lease_until', '>', now + 2 * LEASE_MS),
    );
  }
}

function differs(run: ScaffolderRun, row: RunRow): boolean {
  return (
    JSON.stringify(toRun({ ...row, ...toRunRow(run) })) !==
    JSON.stringify(toRun(row))
  );
}
