import { Entity } from '@backstage/catalog-model';
import {
  insertRows,
  inTransaction,
  lockForUpdate,
  skipLocked,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import {
  COLLECTION_COLUMNS,
  CollectionRow,
  Ended,
  nextRow,
} from './collectionRows';
import { LONGEST_PAUSE_MS } from './collectionTimes';
import { CollectorSettings } from './CollectorSettings';

/** How much longer than a call a lease lasts, to write what came of it. */
const LEASE_MARGIN_MS = 60_000;

/**
 * A subject that was taken to have a collector look at it.
 *
 * @internal
 */
export interface Taken {
  subjectId: number;
  ref: string;
  entity: Entity;
  /** What the last collection left. */
  state: string | undefined;
  /** Whether it ever succeeded. */
  succeeded: boolean;
}

/**
 * The table `collections`: what each collector has to do for each subject. A row
 * is due at `due_at`. Who takes it writes its lease and moves `due_at` behind it,
 * so that whoever wants another collection meanwhile can move it back to now.
 *
 * Rows are locked in the order of their subjects, within one collector.
 *
 * @internal
 */
export class CollectionTable {
  readonly #clock: () => number;
  readonly #knex: Knex;

  constructor(options: { clock: () => number; knex: Knex }) {
    this.#clock = options.clock;
    this.#knex = options.knex;
  }

  /** Which of these collectors have something to do. */
  async due(collectors: readonly CollectorSettings[]): Promise<Set<string>> {
    if (collectors.length === 0) {
      return new Set();
    }
    const now = this.#clock();
    const probes = collectors.map(({ id, timeoutMs }, index) =>
      this.#knex.raw('exists ? as ??', [
        this.#knex('collections')
          .select(this.#knex.raw('1'))
          .where({ collector_id: id })
          .where('due_at', '<=', now)
          .where(free(now, timeoutMs)),
        String(index),
      ]),
    );
    // Columns, since unions of selects without a table are compiled wrongly
    const [found] = await this.#knex.select(...probes);
    return new Set(
      collectors.filter((_, index) => found[index]).map(({ id }) => id),
    );
  }

  /** Takes what is due for a collector, the longest due first. */
  async takeDue(options: {
    settings: CollectorSettings;
    lease: string;
    limit: number;
  }): Promise<Taken[]> {
    const { settings, lease, limit } = options;
    return inTransaction(this.#knex, async tx => {
      const now = this.#clock();
      const ids: number[] = await skipLocked(
        tx,
        tx('collections')
          .where({ collector_id: settings.id })
          .where('due_at', '<=', now)
          .where(free(now, settings.timeoutMs))
          .orderBy('due_at')
          .limit(limit),
      ).pluck('subject_id');
      return this.#take(tx, { settings, lease, ids, now });
    });
  }

  /** Takes subjects, due or not, also from somebody who has taken them. */
  async takeThese(options: {
    settings: CollectorSettings;
    lease: string;
    subjectIds: readonly number[];
  }): Promise<Taken[]> {
    const { settings, lease, subjectIds } = options;
    return inTransaction(this.#knex, async tx => {
      const ids = await this.#lock(tx, settings.id, subjectIds).pluck(
        'subject_id',
      );
      return this.#take(tx, { settings, lease, ids, now: this.#clock() });
    });
  }

  async #take(
    tx: Knex.Transaction,
    options: {
      settings: CollectorSettings;
      lease: string;
      ids: number[];
      now: number;
    },
  ): Promise<Taken[]> {
    const { settings, lease, ids, now } = options;
    if (ids.length === 0) {
      return [];
    }
    const until = now + settings.timeoutMs + LEASE_MARGIN_MS;
    await whereAny(
      tx,
      tx('collections').where({ collector_id: settings.id }),
      'subject_id',
      ids,
    ).update({ lease, lease_until: until, due_at: until });
    const rows: {
      id: number;
      ref: string;
      document: string;
      state: string | null;
      succeeded_at: string | number | null;
    }[] = await whereAny(
      tx,
      tx('collections')
        .join('subjects', 'subjects.id', 'collections.subject_id')
        .where({ collector_id: settings.id })
        .whereNull('subjects.deleted_at'),
      'subject_id',
      ids,
    )
      .orderBy('subjects.id')
      .select('id', 'ref', 'document', 'state', 'succeeded_at');
    if (rows.length < ids.length) {
      const there = new Set(rows.map(({ id }) => id));
      await whereAny(
        tx,
        tx('collections').where({ collector_id: settings.id }),
        'subject_id',
        ids.filter(id => !there.has(id)),
      ).delete();
    }
    return rows.map(row => ({
      subjectId: row.id,
      ref: row.ref,
      entity: JSON.parse(row.document),
      state: row.state ?? undefined,
      succeeded: row.succeeded_at !== null,
    }));
  }

  /** Which subjects still belong to a lease. */
  async stillTaken(options: {
    collectorId: string;
    lease: string;
    subjectIds: readonly number[];
  }): Promise<Set<number>> {
    const { collectorId, lease, subjectIds } = options;
    return new Set(
      await whereAny(
        this.#knex,
        this.#knex('collections').where({ collector_id: collectorId, lease }),
        'subject_id',
        subjectIds,
      ).pluck('subject_id'),
    );
  }

  /** Ends a lease on some of its subjects. */
  async end(options: {
    settings: CollectorSettings;
    lease: string;
    ended: readonly Ended[];
  }): Promise<void> {
    const { settings, lease, ended } = options;
    const bySubject = new Map(ended.map(item => [item.subjectId, item]));
    await inTransaction(this.#knex, async tx => {
      const now = this.#clock();
      const rows: CollectionRow[] = await this.#lock(tx, settings.id, [
        ...bySubject.keys(),
      ])
        .where({ lease })
        .select('*');
      await insertRows(tx, {
        table: 'collections',
        columns: COLLECTION_COLUMNS,
        rows: rows.map(row => {
          const next = nextRow({
            row,
            ended: bySubject.get(row.subject_id)!,
            everyMs: settings.everyMs,
            now,
          });
          return COLLECTION_COLUMNS.map(column => next[column]);
        }),
        onConflict: {
          columns: ['subject_id', 'collector_id'],
          merge: COLLECTION_COLUMNS,
        },
      });
    });
  }

  /** Gives back what was taken and not looked at. */
  async giveBack(leases: readonly string[]): Promise<void> {
    await whereAny(
      this.#knex,
      this.#knex('collections'),
      'lease',
      leases,
    ).update({ lease: null, lease_until: null, due_at: this.#clock() });
  }

  /** Removes what there is nothing to do for any more. */
  async remove(options: {
    collectorId: string;
    lease: string;
    subjectIds: readonly number[];
  }): Promise<void> {
    const { collectorId, lease, subjectIds } = options;
    await whereAny(
      this.#knex,
      this.#knex('collections').where({ collector_id: collectorId, lease }),
      'subject_id',
      subjectIds,
    ).delete();
  }

  /**
   * Makes due what is further ahead than anything can be: the clock of some
   * replica was wrong.
   */
  async mendTimes(settings: CollectorSettings): Promise<void> {
    const now = this.#clock();
    const furthest = 2 * settings.everyMs + LONGEST_PAUSE_MS;
    await this.#knex('collections')
      .where({ collector_id: settings.id })
      .where('due_at', '>', now + furthest)
      .where(free(now, settings.timeoutMs))
      .update({ due_at: now });
  }

  #lock(
    tx: Knex.Transaction,
    collectorId: string,
    subjectIds: readonly number[],
  ): Knex.QueryBuilder {
    return lockForUpdate(
      tx,
      whereAny(
        tx,
        tx('collections').where({ collector_id: collectorId }),
        'subject_id',
        subjectIds,
      ).orderBy('subject_id'),
    );
  }
}

/** Nobody has it. A lease longer than any that is given comes from a wrong clock. */
function free(now: number, timeoutMs: number) {
  return (query: Knex.QueryBuilder) => {
    query
      .whereNull('lease_until')
      .orWhere('lease_until', '<=', now)
      .orWhere('lease_until', '>', now + 2 * timeoutMs + LEASE_MARGIN_MS);
  };
}
