import { toMillis } from '@waymark/backend-support';
import { nextAttempt, nextCollection } from './collectionTimes';

/**
 * A row of the table `collections`.
 *
 * @internal
 */
export interface CollectionRow {
  subject_id: number;
  collector_id: string;
  state: string | null;
  due_at: string | number;
  lease_until: string | number | null;
  lease: string | null;
  succeeded_at: string | number | null;
  failures: number;
  error: string | null;
}

/** @internal */
export const COLLECTION_COLUMNS: readonly (keyof CollectionRow)[] = [
  'subject_id',
  'collector_id',
  'state',
  'due_at',
  'lease_until',
  'lease',
  'succeeded_at',
  'failures',
  'error',
];

/**
 * What came of a collection. `postponed`: the source asked to be left alone.
 *
 * @internal
 */
export type Ended = { subjectId: number } & (
  | { status: 'collected'; state: string | undefined }
  | { status: 'unchanged' }
  | { status: 'failed'; message: string }
  | { status: 'postponed'; message: string; until: number }
);

/**
 * What a row becomes when its collection has ended.
 *
 * @internal
 */
export function nextRow(options: {
  row: CollectionRow;
  ended: Ended;
  everyMs: number;
  now: number;
}): CollectionRow {
  const { row, ended, everyMs, now } = options;
  const { subjectId } = ended;
  const next: CollectionRow = { ...row, lease: null, lease_until: null };
  if (ended.status === 'collected' || ended.status === 'unchanged') {
    next.succeeded_at = now;
    next.failures = 0;
    next.error = null;
    next.due_at = nextCollection({ subjectId, everyMs, now });
    if (ended.status === 'collected') {
      next.state = ended.state ?? null;
    }
  } else {
    next.error = ended.message;
    if (ended.status === 'failed') {
      next.failures += 1;
      next.due_at = nextAttempt({ subjectId, failures: next.failures, now });
    } else {
      next.due_at = ended.until;
    }
  }
  const isWantedAgain = toMillis(row.due_at) < (toMillis(row.lease_until) ?? 0);
  return isWantedAgain ? { ...next, due_at: row.due_at } : next;
}
