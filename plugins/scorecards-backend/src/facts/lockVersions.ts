import { lockForUpdate, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/** @internal */
export interface SubjectVersion {
  version: number;
  /** The newest that an outcome was decided by. */
  referencedVersion: number;
  /** When its newest transition was written. */
  transitionedAt: number;
}

/**
 * Locks subjects, in the order of their ids, and leaves out those that are not in
 * the catalog.
 *
 * @internal
 */
export async function lockVersions(
  tx: Knex.Transaction,
  subjectIds: Iterable<number>,
): Promise<Map<number, SubjectVersion>> {
  const rows: {
    id: number;
    version: number;
    referenced_version: number;
    transitioned_at: string | number;
  }[] = await lockForUpdate(
    tx,
    whereAny(tx, tx('subjects'), 'id', [...new Set(subjectIds)])
      .whereNull('deleted_at')
      .orderBy('id')
      .select('id', 'version', 'referenced_version', 'transitioned_at'),
  );
  return new Map(
    rows.map(row => [
      row.id,
      {
        version: row.version,
        referencedVersion: row.referenced_version,
        transitionedAt: toMillis(row.transitioned_at),
      },
    ]),
  );
}
