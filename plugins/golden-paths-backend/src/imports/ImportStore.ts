import { randomUUID } from 'node:crypto';
import { toMillis } from '@waymark/backend-support';
import { HistoryImport } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { ImportCounts } from './ImportProgress';

const TABLE = 'imports';

/** How many are listed. */
const MAX_LISTED = 100;

interface Row {
  id: string;
  kind: 'csv' | 'github';
  state: 'running' | 'succeeded' | 'failed';
  started_by: string;
  // A number on SQLite
  observed: boolean | number;
  // PostgreSQL gives numbers of this size as text
  started_at: string | number;
  ended_at: string | number | null;
  read: number;
  accepted: number;
  duplicates: number;
  refused: number;
  problems: string;
  error: string | null;
  plan: string | null;
  next_step_at: string | number | null;
}

/**
 * An import that somebody works on now.
 *
 * @internal
 */
export interface RunningImport<TPlan> {
  id: string;
  startedBy: string;
  observed: boolean;
  counts: ImportCounts;
  plan: TPlan;
}

/**
 * Keeps imports, and who works on them.
 *
 * @internal
 */
export class ImportStore {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  /**
   * @param options - `plan`: of work in the background; `nextStepAt`: until then it
   * belongs to whoever begins it
   */
  async begin(options: {
    kind: 'csv' | 'github';
    startedBy: string;
    observed: boolean;
    plan?: unknown;
    nextStepAt: number;
  }): Promise<string> {
    const id = randomUUID();
    await this.#database(TABLE).insert({
      id,
      kind: options.kind,
      state: 'running',
      started_by: options.startedBy,
      observed: options.observed,
      started_at: Date.now(),
      problems: '[]',
      plan: options.plan === undefined ? null : JSON.stringify(options.plan),
      next_step_at: options.nextStepAt,
    });
    return id;
  }

  async save(
    id: string,
    changes: {
      counts?: ImportCounts;
      plan?: unknown;
      nextStepAt?: number;
      /** Why it waits. */
      error?: string | null;
    },
  ): Promise<void> {
    const { counts, plan, nextStepAt, error } = changes;
    await this.#database<Row>(TABLE)
      .where({ id, state: 'running' })
      .update({
        ...(counts && { ...counts, problems: JSON.stringify(counts.problems) }),
        ...(plan !== undefined && { plan: JSON.stringify(plan) }),
        ...(nextStepAt !== undefined && { next_step_at: nextStepAt }),
        ...(error !== undefined && { error }),
      });
  }

  async end(id: string, options: { error?: string } = {}): Promise<void> {
    await this.#database<Row>(TABLE)
      .where({ id, state: 'running' })
      .update({
        state: options.error === undefined ? 'succeeded' : 'failed',
        error: options.error?.slice(0, 2_000) ?? null,
        ended_at: Date.now(),
        plan: null,
        next_step_at: null,
      });
  }

  /** Marks those that arrived with a request which nobody reads any more. */
  async sweep(now: number): Promise<void> {
    await this.#database<Row>(TABLE)
      .where({ kind: 'csv', state: 'running' })
      .where('next_step_at', '<=', now)
      .update({
        state: 'failed',
        error:
          'It broke off. Import the file again: what was taken is not taken twice',
        ended_at: now,
        next_step_at: null,
      });
  }

  /** Takes over an import of the background that nobody works on. */
  async claim<TPlan>(options: {
    now: number;
    leaseUntil: number;
  }): Promise<RunningImport<TPlan> | undefined> {
    const { now, leaseUntil } = options;
    const due = () =>
      this.#database<Row>(TABLE)
        .where({ kind: 'github', state: 'running' })
        .andWhere('next_step_at', '<=', now);
    for (const { id } of await due().orderBy('started_at').select('id')) {
      // Whoever changes the row has it; the others find it no longer due
      const [row] = await due()
        .andWhere({ id })
        .update({ next_step_at: leaseUntil })
        .returning('*');
      if (row) {
        const { read, accepted, duplicates, refused } = row;
        return {
          id,
          startedBy: row.started_by,
          observed: Boolean(row.observed),
          counts: {
            read,
            accepted,
            duplicates,
            refused,
            problems: JSON.parse(row.problems),
          },
          plan: JSON.parse(row.plan!),
        };
      }
    }
    return undefined;
  }

  async get(id: string): Promise<HistoryImport | undefined> {
    const row = await this.#database<Row>(TABLE).where({ id }).first('*');
    return row && toImport(row);
  }

  /** The latest first. */
  async list(): Promise<HistoryImport[]> {
    const rows = await this.#database<Row>(TABLE)
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(MAX_LISTED)
      .select('*');
    return rows.map(toImport);
  }
}

function toImport(row: Row): HistoryImport {
  const { id, kind, state, read, accepted, duplicates, refused } = row;
  const endedAt = toMillis(row.ended_at);
  return {
    id,
    kind,
    state,
    observed: Boolean(row.observed),
    startedBy: row.started_by,
    startedAt: new Date(toMillis(row.started_at)).toISOString(),
    endedAt:
      endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
    read,
    accepted,
    duplicates,
    refused,
    problems: JSON.parse(row.problems),
    error: row.error ?? undefined,
  };
}
