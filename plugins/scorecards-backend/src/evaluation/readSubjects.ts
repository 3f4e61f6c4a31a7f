import { skipLocked, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/**
 * A subject as an evaluation takes it up.
 *
 * @internal
 */
export interface Subject {
  id: number;
  /** The entity, as JSON. */
  document: string;
  version: number;
  /** The newest version that a transition points to. */
  referencedVersion: number;
  /** When its newest transition was written. */
  transitionedAt: number;
  dueAt: number | undefined;
}

interface SubjectRow {
  id: number;
  document: string;
  version: number;
  referenced_version: number;
  transitioned_at: string | number;
  due_at: string | number | null;
}

async function read(query: Knex.QueryBuilder): Promise<Subject[]> {
  const rows: SubjectRow[] = await query
    .whereNull('deleted_at')
    .select(
      'id',
      'document',
      'version',
      'referenced_version',
      'transitioned_at',
      'due_at',
    );
  return rows.map(row => ({
    id: row.id,
    document: row.document,
    version: row.version,
    referencedVersion: row.referenced_version,
    transitionedAt: toMillis(row.transitioned_at),
    dueAt: toMillis(row.due_at),
  }));
}

/**
 * Takes subjects that are due, and that nobody else has at hand.
 *
 * @param options - `order`: with whom to begin. What many wait for at once is as
 * old as the event that made them due, so somebody who begins with the newest
 * lets a single fact through.
 * @internal
 */
export async function claimDueSubjects(
  tx: Knex.Transaction,
  options: { now: number; limit: number; order: 'oldest' | 'newest' },
): Promise<Subject[]> {
  const { now, limit, order } = options;
  return read(
    skipLocked(
      tx,
      tx('subjects')
        .where('due_at', '<=', now)
        .orderBy('due_at', order === 'oldest' ? 'asc' : 'desc')
        .limit(limit),
    ),
  );
}

/**
 * Takes these subjects, but for those that somebody else has at hand.
 *
 * @internal
 */
export async function claimSubjects(
  tx: Knex.Transaction,
  ids: readonly number[],
): Promise<Subject[]> {
  return read(skipLocked(tx, whereAny(tx, tx('subjects'), 'id', ids)));
}

/**
 * The next subjects by their ids, without taking them.
 *
 * @internal
 */
export async function readSubjectsAfter(
  knex: Knex,
  options: { id: number; limit: number },
): Promise<Subject[]> {
  const { id, limit } = options;
  return read(knex('subjects').where('id', '>', id).orderBy('id').limit(limit));
}
