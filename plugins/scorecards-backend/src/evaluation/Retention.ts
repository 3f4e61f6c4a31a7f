import {
  inTransaction,
  lockForUpdate,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { forgetDefinitions } from '../scorecards/forgetDefinitions';

/** Subjects whose history is looked at in one transaction. */
const SUBJECTS = 200;

/** Everything that is kept of a subject. */
const TABLES_OF_SUBJECTS = [
  'outcome_transitions',
  'standing_transitions',
  'outcomes',
  'standings',
  'facts',
  'fact_revisions',
  'document_revisions',
  'subject_search',
  'collections',
  'exemptions',
];

/**
 * Forgets what is older than the retention: entities that left the catalog before
 * it, and history, except what tells how things stood when it began.
 *
 * @internal
 */
export class Retention {
  readonly #knex: Knex;
  readonly #now: Clock;
  readonly #retentionMs: number;

  constructor(options: { knex: Knex; now: Clock; retentionMs: number }) {
    this.#knex = options.knex;
    this.#now = options.now;
    this.#retentionMs = options.retentionMs;
  }

  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options;
    const before = this.#now() - this.#retentionMs;
    let last = 0;
    for (;;) {
      signal?.throwIfAborted();
      const after = last;
      const ids = await inTransaction(this.#knex, async tx => {
        const page: { id: number; deleted_at: string | number | null }[] =
          await tx('subjects')
            .where('id', '>', after)
            .orderBy('id')
            .limit(SUBJECTS)
            .select('id', 'deleted_at');
        const all = page.map(({ id }) => id);
        if (all.length > 0) {
          await forgetSubjects(tx, { ids: all, before });
          await forgetHistory(tx, { ids: all, before });
        }
        return all;
      });
      if (ids.length === 0) {
        break;
      }
      last = ids[ids.length - 1];
    }
    await forgetDefinitions(this.#knex, { before });
  }
}

async function forgetSubjects(
  tx: Knex.Transaction,
  options: { ids: number[]; before: number },
): Promise<void> {
  const rows: { id: number }[] = await lockForUpdate(
    tx,
    whereAny(tx, tx('subjects'), 'id', options.ids)
      .where('deleted_at', '<', options.before)
      .orderBy('id')
      .select('id'),
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    for (const table of TABLES_OF_SUBJECTS) {
      await whereAny(tx, tx(table), 'subject_id', ids).delete();
    }
    await whereAny(tx, tx('subjects'), 'id', ids).delete();
  }
}

async function forgetHistory(
  tx: Knex.Transaction,
  options: { ids: number[]; before: number },
): Promise<void> {
  const { ids, before } = options;
  for (const [table, pair, ended] of [
    ['outcome_transitions', 'rule_id', 'outcome'],
    ['standing_transitions', 'scorecard_id', 'level'],
  ]) {
    const newer = tx(`${table} as n`)
      .select(tx.raw('1'))
      .whereRaw('?? = ??', ['n.subject_id', 't.subject_id'])
      .whereRaw('?? = ??', [`n.${pair}`, `t.${pair}`])
      .whereRaw('?? > ??', ['n.id', 't.id'])
      .where('n.at', '<=', before);
    const old = whereAny(tx, tx(`${table} as t`), 't.subject_id', ids)
      .where('t.at', '<=', before)
      // The newest of them tells how it stood then, unless there was nothing
      .where(either => either.whereNull(`t.${ended}`).orWhereExists(newer))
      .select('t.id');
    await tx(table).whereIn('id', old).delete();
  }
  for (const table of ['fact_revisions', 'document_revisions']) {
    await whereAny(tx, tx(table), 'subject_id', ids)
      .whereNotExists(
        tx('outcome_transitions as t')
          .select(tx.raw('1'))
          .whereRaw('?? = ??', ['t.subject_id', `${table}.subject_id`])
          .whereRaw('?? >= ??', ['t.version', `${table}.version`])
          .whereRaw('?? < ??', ['t.version', `${table}.until_version`])
          .whereNotNull('t.outcome'),
      )
      .delete();
  }
}
