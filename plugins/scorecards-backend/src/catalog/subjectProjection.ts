import { CatalogProjection } from '@waymark/backend-support';
import { deleteSubjects } from './deleteSubjects';
import { SUBJECT_TABLES } from './subjectTables';
import { writeEntities } from './writeEntities';

/**
 * Entities as the subjects of scorecards.
 *
 * @internal
 */
export const subjectProjection: CatalogProjection = {
  tables: SUBJECT_TABLES,
  write: writeEntities,
  remove: (tx, { entities, now }) =>
    deleteSubjects(tx, { subjects: entities, now }),
};
