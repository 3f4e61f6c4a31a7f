import { Entity } from '@backstage/catalog-model';
import {
  CatalogChange,
  ColumnValue,
  insertRows,
  updateRows,
  whereAny,
  writeSearchKeys,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { lockSubjects } from './lockSubjects';
import { SUBJECT_TABLES } from './subjectTables';
import { Subject, toSubject } from './toSubject';

const COLUMNS = [
  'id',
  'ref',
  'kind',
  'title',
  'etag',
  'owner_ref',
  'system_ref',
  'document',
  'document_version',
  'version',
  'due_at',
  'deleted_at',
];

/** Before a subject has been written for the first time. */
const NO_DOCUMENT = '';

/**
 * Writes what differs of entities, and what was before where history needs it.
 *
 * @returns those that are new, came back, or have another document
 * @internal
 */
export async function writeEntities(
  tx: Knex.Transaction,
  options: { entities: Entity[]; now: number },
): Promise<CatalogChange['upserted']> {
  const { entities, now } = options;
  if (entities.length === 0) {
    return [];
  }
  const wanted = new Map(
    entities.map(entity => {
      const subject = toSubject(entity);
      return [subject.ref, { entity, subject }];
    }),
  );

  await insertMissing(
    tx,
    [...wanted.values()].map(({ subject }) => subject),
  );

  const upserted: CatalogChange['upserted'] = [];
  const touched: { id: number; entity: Entity }[] = [];
  const rows: ColumnValue[][] = [];
  const etags: ColumnValue[][] = [];
  const revisions: ColumnValue[][] = [];
  for (const present of await lockSubjects(tx, [...wanted.keys()])) {
    const { id, ref, version: before, documentVersion } = present;
    const { entity, subject } = wanted.get(ref)!;
    const isOther = present.document !== subject.document;
    if (!isOther && present.deletedAt === undefined) {
      if (present.etag !== subject.etag) {
        touched.push({ id, entity });
        etags.push([id, subject.etag]);
      }
      continue;
    }
    const version = before + 1;
    if (isOther && present.referencedVersion >= documentVersion) {
      revisions.push([id, documentVersion, version, present.document]);
    }
    rows.push([
      id,
      ref,
      subject.kind,
      subject.title,
      subject.etag,
      subject.ownerRef,
      subject.systemRef,
      subject.document,
      isOther ? version : documentVersion,
      version,
      now,
      null,
    ]);
    touched.push({ id, entity });
    upserted.push({ id, ref, entity });
  }

  await insertRows(tx, {
    table: 'document_revisions',
    columns: ['subject_id', 'version', 'until_version', 'document'],
    rows: revisions,
  });
  await insertRows(tx, {
    table: 'subjects',
    columns: COLUMNS,
    rows,
    onConflict: { columns: ['id'], merge: COLUMNS.slice(1) },
  });
  await updateRows(tx, {
    table: 'subjects',
    keys: ['id'],
    columns: ['etag'],
    rows: etags,
  });
  await writeSearchKeys(tx, { tables: SUBJECT_TABLES, entities: touched });
  return upserted;
}

async function insertMissing(
  tx: Knex.Transaction,
  subjects: Subject[],
): Promise<void> {
  const refs = subjects.map(({ ref }) => ref);
  const present = new Set(
    await whereAny(tx, tx('subjects'), 'ref', refs).pluck('ref'),
  );
  await insertRows(tx, {
    table: 'subjects',
    columns: ['ref', 'kind', 'etag', 'document', 'document_version', 'version'],
    rows: subjects
      .filter(({ ref }) => !present.has(ref))
      .map(({ ref, kind }) => [ref, kind, '', NO_DOCUMENT, 1, 0]),
    // Somebody else may be adding the same one: then this waits for the other
    onConflict: { columns: ['ref'], merge: [] },
  });
}
