import { createHash } from 'node:crypto';
import { Entity } from '@backstage/catalog-model';
import {
  ColumnValue,
  insertRows,
  inTransaction,
  lockForUpdate,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { CollectorSettings } from './CollectorSettings';

const PROGRESS_KEY = 'collections-reconciled';
const RECONCILE_EVERY_MS = 3_600_000;
/** While replicas differ in which collectors they have, they do not take turns faster. */
const RECONCILE_AGAIN_MS = 300_000;
const PAGE = 500;
/** A collector that no replica has had for so long is not coming back. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/**
 * Decides which collector looks at which subject, and says when there is a
 * reason to look now.
 *
 * A subject that a collector does not apply to any more keeps its row until the
 * collector's next turn, when the facts are removed with it.
 *
 * @internal
 */
export class CollectionPlan {
  readonly #clock: () => number;
  readonly #collectors: readonly CollectorSettings[];
  readonly #digest: string;
  readonly #knex: Knex;

  constructor(options: {
    clock: () => number;
    collectors: readonly CollectorSettings[];
    knex: Knex;
  }) {
    this.#clock = options.clock;
    this.#collectors = options.collectors;
    this.#knex = options.knex;
    this.#digest = createHash('sha256')
      .update(
        JSON.stringify(
          this.#collectors
            .map(({ id, collector }) => [id, collector.appliesTo ?? null])
            .sort(),
        ),
      )
      .digest('hex');
  }

  /** What changed in the catalog is looked at by those who want to. */
  async entitiesChanged(
    tx: Knex.Transaction,
    changes: {
      upserted: readonly { id: number; entity: Entity }[];
      deleted: readonly { id: number }[];
    },
  ): Promise<void> {
    await whereAny(
      tx,
      tx('collections'),
      'subject_id',
      changes.deleted.map(({ id }) => id),
    ).delete();
    await this.#plan(tx, changes.upserted, { changed: true });
  }

  /** Makes subjects due for a collector; those that are at it have to look again. */
  async makeDue(
    collectorId: string,
    subjects: (query: Knex.QueryBuilder) => void,
  ): Promise<void> {
    await inTransaction(this.#knex, async tx => {
      const ids: number[] = await lockForUpdate(
        tx,
        tx('collections')
          .where({ collector_id: collectorId })
          .whereIn('subject_id', subjects)
          .orderBy('subject_id'),
      ).pluck('subject_id');
      if (ids.length > 0) {
        await whereAny(
          tx,
          tx('collections').where({ collector_id: collectorId }),
          'subject_id',
          ids,
        ).update({ due_at: this.#clock() });
      }
    });
  }

  /**
   * Goes through all subjects, when collectors have changed or an hour has passed
   * since somebody did.
   */
  async reconcileIfNeeded(options: { atStart?: boolean } = {}): Promise<void> {
    if (!(await this.#isMyTurn(options))) {
      return;
    }
    let after = 0;
    for (;;) {
      const rows: { id: number; document: string }[] = await this.#knex(
        'subjects',
      )
        .where('id', '>', after)
        .whereNull('deleted_at')
        .orderBy('id')
        .limit(PAGE)
        .select('id', 'document');
      if (rows.length === 0) {
        break;
      }
      after = rows[rows.length - 1].id;
      const subjects = rows.map(({ id, document }) => ({
        id,
        entity: JSON.parse(document) as Entity,
      }));
      await inTransaction(this.#knex, tx =>
        this.#plan(tx, subjects, { changed: false }),
      );
    }
    await this.#markAbandoned();
    await this.#writeProgress(this.#digest);
  }

  async #plan(
    tx: Knex.Transaction,
    subjects: readonly { id: number; entity: Entity }[],
    options: { changed: boolean },
  ): Promise<void> {
    if (subjects.length === 0) {
      return;
    }
    const now = this.#clock();
    const rows: { subject_id: number; collector_id: string }[] =
      await lockForUpdate(
        tx,
        whereAny(
          tx,
          tx('collections'),
          'subject_id',
          subjects.map(({ id }) => id),
        )
          .orderBy(['collector_id', 'subject_id'])
          .select('subject_id', 'collector_id'),
      );
    const present = new Set(
      rows.map(row => `${row.collector_id} ${row.subject_id}`),
    );
    const missing: ColumnValue[][] = [];
    for (const { id: collectorId, appliesTo, onEntityChange } of this
      .#collectors) {
      const due: number[] = [];
      for (const { id, entity } of subjects) {
        const isPresent = present.has(`${collectorId} ${id}`);
        const applies = appliesTo(entity);
        if (applies && !isPresent) {
          missing.push([id, collectorId, now, 0]);
        } else if (isPresent) {
          if (!applies || (options.changed && onEntityChange)) {
            due.push(id);
          }
        }
      }
      if (due.length > 0) {
        await whereAny(
          tx,
          tx('collections').where({ collector_id: collectorId }),
          'subject_id',
          due,
        ).update({ due_at: now });
      }
    }
    await insertRows(tx, {
      table: 'collections',
      columns: ['subject_id', 'collector_id', 'due_at', 'failures'],
      rows: missing,
      // Somebody else may have planned for the same subject
      onConflict: { columns: ['subject_id', 'collector_id'], merge: [] },
    });
  }

  async #isMyTurn(options: { atStart?: boolean }): Promise<boolean> {
    const now = this.#clock();
    const row: { value: string } | undefined = await this.#knex('progress')
      .where({ key: PROGRESS_KEY })
      .first('value');
    if (!row) {
      await insertRows(this.#knex, {
        table: 'progress',
        columns: ['key', 'value'],
        rows: [[PROGRESS_KEY, JSON.stringify({ at: 0 })]],
        onConflict: { columns: ['key'], merge: [] },
      });
      return this.#isMyTurn(options);
    }
    const { at, digest }: { at: number; digest?: string } = JSON.parse(
      row.value,
    );
    const age = now - at;
    let wait = RECONCILE_EVERY_MS;
    if (digest !== this.#digest) {
      wait = options.atStart ? 0 : RECONCILE_AGAIN_MS;
    }
    if (age >= 0 && age < wait) {
      return false;
    }
    const taken = await this.#knex('progress')
      .where({ key: PROGRESS_KEY, value: row.value })
      .update({ value: JSON.stringify({ at: now, digest }) });
    return taken === 1;
  }

  async #writeProgress(digest: string): Promise<void> {
    await this.#knex('progress')
      .where({ key: PROGRESS_KEY })
      .update({ value: JSON.stringify({ at: this.#clock(), digest }) });
  }

  /** Facts that nobody will look at again say so. */
  async #markAbandoned(): Promise<void> {
    await this.#knex('collections')
      .whereNotIn(
        'collector_id',
        this.#collectors.map(({ id }) => id),
      )
      .where('due_at', '<', this.#clock() - ABANDONED_AFTER_MS)
      .whereNull('error')
      .update({ error: 'Nothing collects these facts any more' });
  }
}
