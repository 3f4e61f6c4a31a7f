import { Knex } from 'knex';

/**
 * The last transition of each until a time: of one subject and rule, or of one
 * subject and scorecard. The rows of a subject are written one after the other,
 * none before the one that it follows, so that the largest id is the last one.
 *
 * @param options - `narrow`: gets the query by which they are found
 * @returns a query on the table under its name
 * @internal
 */
export function lastTransitions(options: {
  knex: Knex;
  table: 'outcome_transitions' | 'standing_transitions';
  at: number;
  narrow: (query: Knex.QueryBuilder) => void;
}): Knex.QueryBuilder {
  const { knex, table, at, narrow } = options;
  const of = table === 'outcome_transitions' ? 'rule_id' : 'scorecard_id';
  return knex(table).whereIn(
    `${table}.id`,
    knex(table)
      .where(`${table}.at`, '<=', at)
      .modify(narrow)
      .groupBy(`${table}.subject_id`, `${table}.${of}`)
      .max(`${table}.id`),
  );
}
