import { randomUUID } from 'node:crypto';
import { inTransaction, skipLocked, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { conforms } from '../deviations/conforms';
import { syncDeviations } from '../deviations/syncDeviations';
import { CheckedRepository } from './checkRepository';

const TABLE = 'provenance';

/** Longer than it takes to read a repository. */
const LEASE_MS = 3 * 60_000;
/** Where nothing tells of pushes. */
const EVERY_MS = 6 * 3_600_000;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * A repository that was taken to be looked at.
 *
 * @internal
 */
export interface TakenRepository {
  entityId: number;
  entityRef: string;
  root: string;
  lease: string;
  /** Of the last look. */
  etag?: string;
}

interface Row {
  entity_id: number;
  repository_url: string;
  due_at: string | number | null;
  lease_until: string | number | null;
  failures: number;
  etag: string | null;
}

/**
 * The table `provenance`. A row is due at `due_at`; who takes it moves that behind
 * the lease, so that whoever hears of a push meanwhile can move it back.
 *
 * @internal
 */
export class ProvenanceStore {
  readonly #clock: () => number;
  readonly #knex: Knex;

  constructor(options: { clock: () => number; knex: Knex }) {
    this.#clock = options.clock;
    this.#knex = options.knex;
  }

  /** Has the components of a repository looked at. */
  async touch(repositoryUrl: string): Promise<number> {
    const prefix = repositoryUrl.replace(/\/+$/, '').toLowerCase();
    return this.#knex(TABLE)
      .whereRaw(`lower(??) like ? escape '\\'`, [
        'repository_url',
        `${prefix.replace(/[\\%_]/g, '\\$&')}/%`,
      ])
      .update({ due_at: this.#clock() });
  }

  /** Has all that follow a template looked at, since what is expected of them changed. */
  async touchFollowers(templateRef: string): Promise<void> {
    await this.#knex(TABLE)
      .where({ template_ref: templateRef })
      .update({ due_at: this.#clock() });
  }

  async takeDue(limit: number): Promise<TakenRepository[]> {
    const now = this.#clock();
    if (!(await due(this.#knex(TABLE), now).first('entity_id'))) {
      return [];
    }
    return inTransaction(this.#knex, async tx => {
      const ids: number[] = await skipLocked(
        tx,
        due(tx(TABLE), now).orderBy('due_at').limit(limit),
      ).pluck('entity_id');
      const lease = randomUUID();
      const until = now + LEASE_MS;
      await whereAny(tx, tx(TABLE), 'entity_id', ids).update({
        lease,
        lease_until: until,
        due_at: until,
      });
      const rows: (Row & { ref: string })[] = await whereAny(
        tx,
        tx(TABLE).join('entities', 'entities.id', `${TABLE}.entity_id`),
        'entity_id',
        ids,
      ).select(`${TABLE}.*`, 'entities.ref');
      return rows.map(row => ({
        entityId: row.entity_id,
        entityRef: row.ref,
        root: row.repository_url,
        lease,
        etag: row.etag ?? undefined,
      }));
    });
  }

  /**
   * Writes what was found.
   *
   * @param found - undefined: nothing has changed since the last look
   * @returns the paths of deviations that have ended; undefined when somebody else has
   * the repository by now
   */
  async write(
    taken: TakenRepository,
    found: CheckedRepository | undefined,
  ): Promise<{ ended: string[] } | undefined> {
    const { entityId, entityRef, lease } = taken;
    return inTransaction(this.#knex, async tx => {
      const now = this.#clock();
      const row: Row | undefined = await tx(TABLE)
        .where({ entity_id: entityId, lease })
        .first();
      if (!row) {
        return undefined;
      }
      const released = {
        checked_at: now,
        error: null,
        failures: 0,
        ...this.#released(row, now + EVERY_MS + jitter(entityId)),
      };
      if (!found) {
        await tx(TABLE).where({ entity_id: entityId }).update(released);
        return { ended: [] };
      }
      const { provenance, problems, remarks, deviations, etag } = found;
      const { states, ended } = await syncDeviations(tx, {
        entity: { id: entityId, ref: entityRef },
        templateRef: provenance?.templateRef,
        found: deviations,
        now,
      });
      await tx(TABLE)
        .where({ entity_id: entityId })
        .update({
          template_ref: provenance?.templateRef ?? null,
          version: provenance?.version ?? null,
          layers: provenance ? JSON.stringify(provenance.layers) : null,
          run: provenance?.run ?? null,
          commit: provenance?.commit ?? null,
          verified: provenance !== undefined && problems.length === 0,
          conformant: provenance !== undefined && conforms(states),
          problems: JSON.stringify([...problems, ...remarks]),
          etag,
          ...released,
        });
      return { ended };
    });
  }

  /** What was found earlier stays. */
  async fail(taken: TakenRepository, message: string): Promise<void> {
    const { entityId, lease } = taken;
    await inTransaction(this.#knex, async tx => {
      const row: Row | undefined = await tx(TABLE)
        .where({ entity_id: entityId, lease })
        .first();
      if (row) {
        const pause = Math.min(
          FIRST_PAUSE_MS * 2 ** Math.min(row.failures, 20),
          LONGEST_PAUSE_MS,
        );
        await tx(TABLE)
          .where({ entity_id: entityId })
          .update({
            error: message,
            failures: row.failures + 1,
            ...this.#released(row, this.#clock() + pause),
          });
      }
    });
  }

  #released(row: Row, next: number) {
    // Somebody has heard of a push meanwhile
    const isTouched = Number(row.due_at) < Number(row.lease_until);
    return {
      lease: null,
      lease_until: null,
      ...(!isTouched && { due_at: next }),
    };
  }
}

function due(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
  return query.where('due_at', '<=', now).where(free =>
    free
      .whereNull('lease_until')
      .orWhere('lease_until', '<=', now)
      // From a clock that was wrong
      .orWhere('lease_until', '>', now + 2 * LEASE_MS),
  );
}

/** So that not all are due at once. */
function jitter(entityId: number): number {
  return ((entityId * 7919) % 1000) * 3_600;
}
