import { inTransaction, isPostgres, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Weeks } from '../calendar/Weeks';
import { Clock } from '../clock/clockServiceRef';
import { refKey } from '../matching/keys';
import { writeState } from './derivationState';
import { readFrozenWeek } from './frozenWeek';
import { markDue } from './markDue';

const DAY_MS = 24 * 60 * 60_000;

/**
 * How far back what events say of a week may reach: a change that was merged long
 * before it was deployed, an incident that lasted. The weeks that follow the last
 * event that is gone are kept as they are for so long.
 *
 * @internal
 */
export const REACH_MS = 90 * DAY_MS;

/** Refs whose events are looked at in one transaction. */
const REFS = 200;

/**
 * Forgets events that are older than the retention. What they said by the week stays
 * for good: those weeks are frozen before the first event goes, and neither late
 * events nor a rebuild changes them any more.
 *
 * @internal
 */
export class Retention {
  readonly #knex: Knex;
  readonly #now: Clock;
  readonly #retentionMs: number;
  readonly #weeks: Weeks;

  constructor(options: {
    knex: Knex;
    now: Clock;
    retentionMs: number;
    weeks: Weeks;
  }) {
    this.#knex = options.knex;
    this.#now = options.now;
    this.#retentionMs = options.retentionMs;
    this.#weeks = options.weeks;
  }

  /** @returns how many events are gone */
  async run(options: { signal?: AbortSignal } = {}): Promise<number> {
    const { signal } = options;
    const before = this.#now() - this.#retentionMs;
    await this.#freeze(this.#weeks.weekOf(before + REACH_MS));
    let count = await this.#forgetUnmatched(before);
    for (let last = ''; ; ) {
      signal?.throwIfAborted();
      const refs = await this.#refsAfter(last);
      if (refs.length === 0) {
        return count;
      }
      last = refs[refs.length - 1];
      count += await this.#forget(refs, before);
    }
  }

  async #freeze(week: string): Promise<void> {
    await inTransaction(this.#knex, async tx => {
      if (week > (await readFrozenWeek(tx))) {
        await writeState(tx, 'frozen-week', week);
      }
    });
  }

  #refsAfter(last: string): Promise<string[]> {
    return Promise.resolve(
      this.#knex('events')
        .where('entity_ref', '>', last)
        .groupBy('entity_ref')
        .orderBy('entity_ref')
        .limit(REFS)
        .pluck('entity_ref'),
    );
  }

  #forget(refs: string[], before: number): Promise<number> {
    return inTransaction(this.#knex, async tx => {
      const old = () =>
        whereAny(tx, tx('events'), 'entity_ref', refs).where(
          'occurred_at',
          '<',
          toColumn(tx, before),
        );
      const touched: string[] = await old().distinct().pluck('entity_ref');
      const count = await old().delete();
      await markDue(
        tx,
        await whereAny(tx, tx('entity_keys'), 'key', touched.map(refKey)).pluck(
          'entity_id',
        ),
      );
      return count;
    });
  }

  #forgetUnmatched(before: number): Promise<number> {
    return inTransaction(this.#knex, async tx => {
      const sequences = await tx('events')
        .whereNull('entity_ref')
        .where('occurred_at', '<', toColumn(tx, before))
        .pluck('sequence');
      await whereAny(tx, tx('events'), 'sequence', sequences).delete();
      await whereAny(
        tx,
        tx('unmatched_keys'),
        'event_sequence',
        sequences,
      ).delete();
      return sequences.length;
    });
  }
}

/** A number on SQLite. */
function toColumn(knex: Knex, milliseconds: number): Date | number {
  return isPostgres(knex) ? new Date(milliseconds) : milliseconds;
}
