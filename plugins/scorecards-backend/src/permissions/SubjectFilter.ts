import { Knex } from 'knex';

/**
 * Narrows a query to the subjects that one caller may read.
 *
 * Every query that says anything about entities, be it only their number, goes
 * through one of these.
 *
 * @internal
 */
export interface SubjectFilter {
  /**
   * @param column - that holds the id of a subject, such as
   * `outcomes.subject_id`
   */
  (query: Knex.QueryBuilder, column: string): void;
  /** Whether the caller may read all entities there are. */
  readonly everything: boolean;
}

/**
 * A filter by what narrows the table `subjects`.
 *
 * @param narrow - gets a query on `subjects`; absent: everything is readable
 * @internal
 */
export function createSubjectFilter(
  knex: Knex,
  narrow?: (query: Knex.QueryBuilder) => void,
): SubjectFilter {
  const filter = (query: Knex.QueryBuilder, column: string) => {
    if (narrow) {
      // Over subjects, not over the many rows of the query: a condition is then
      // decided once for each subject
      query.whereIn(
        column,
        knex('subjects as readable').select('readable.id').modify(narrow),
      );
    }
  };
  return Object.assign(filter, { everything: narrow === undefined });
}
