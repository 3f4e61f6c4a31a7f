import { lockForUpdate, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/** @internal */
export interface LockedSubject {
  id: number;
  ref: string;
  etag: string;
  document: string;
  documentVersion: number;
  version: number;
  referencedVersion: number;
  deletedAt: number | undefined;
}

interface Row {
  id: number;
  ref: string;
  etag: string;
  document: string;
  document_version: number;
  version: number;
  referenced_version: number;
  deleted_at: string | number | null;
}

/**
 * Locks the subjects with these refs, in the order of their ids.
 *
 * @internal
 */
export async function lockSubjects(
  tx: Knex.Transaction,
  refs: string[],
): Promise<LockedSubject[]> {
  const rows: Row[] = await lockForUpdate(
    tx,
    whereAny(tx, tx('subjects'), 'ref', refs)
      .orderBy('id')
      .select(
        'id',
        'ref',
        'etag',
        'document',
        'document_version',
        'version',
        'referenced_version',
        'deleted_at',
      ),
  );
  return rows.map(row => ({
    id: row.id,
    ref: row.ref,
    etag: row.etag,
    document: row.document,
    documentVersion: row.document_version,
    version: row.version,
    referencedVersion: row.referenced_version,
    deletedAt: toMillis(row.deleted_at),
  }));
}
