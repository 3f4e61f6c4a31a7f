import { skipLocked, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { GROUP_COLUMNS, groupKeys, OWNER } from '../rollups/groupKeys';

/**
 * An entity that belongs to one transaction until it ends.
 *
 * @internal
 */
export interface ClaimedEntity {
  id: number;
  ref: string;
  /** In whose sums its rollups are to be, see `groupKeys`. */
  groupKeys: readonly string[];
  /** And in whose they are. */
  groups: readonly (number | null)[];
  /** In milliseconds. */
  firstSeenAt: number;
}

/** Others may have some of them at hand. */
const OVERLAP = 3;

/**
 * Takes entities that are due, each for this transaction alone. What becomes of an
 * entity from here on makes it due again; if the transaction fails, it stays due.
 *
 * @param options - `except`: those to leave alone for now
 * @internal
 */
export async function claimDue(
  tx: Knex.Transaction,
  options: { limit: number; except?: readonly number[] },
): Promise<ClaimedEntity[]> {
  const { limit, except = [] } = options;
  const due = tx('due')
    .groupBy('entity_id')
    .orderByRaw('min(id)')
    .limit(limit * OVERLAP)
    .select<{ entity_id: number }[]>('entity_id');
  if (except.length > 0) {
    due.whereNot(inner => whereAny(tx, inner, 'entity_id', except));
  }
  const ids = (await due).map(row => row.entity_id);
  if (ids.length === 0) {
    return [];
  }
  const rows: {
    id: number;
    ref: string;
    kind: string;
    type: string | null;
    lifecycle: string | null;
    deleted_at: string | number | null;
    owner: string;
    rollup_group: number | null;
    owner_group: number | null;
    first_seen_at: string | number;
  }[] = await skipLocked(
    tx,
    whereAny(tx, tx('entities'), 'id', ids)
      .orderBy('id')
      .limit(limit)
      .select(
        'id',
        'ref',
        'kind',
        'type',
        'lifecycle',
        'deleted_at',
        tx.raw(`${OWNER} as owner`),
        ...GROUP_COLUMNS,
        'first_seen_at',
      ),
  );
  // Before the events are read: what comes in meanwhile leaves a row of its own
  await whereAny(
    tx,
    tx('due'),
    'entity_id',
    rows.map(({ id }) => id),
  ).delete();
  return rows.map(row => ({
    id: row.id,
    ref: row.ref,
    groupKeys: groupKeys({ ...row, isDeleted: row.deleted_at !== null }),
    groups: GROUP_COLUMNS.map(column => row[column]),
    firstSeenAt: toMillis(row.first_seen_at),
  }));
}
