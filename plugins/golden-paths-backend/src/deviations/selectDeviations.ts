import { Knex } from 'knex';

/**
 * What is told of deviations, with the parts that their paths have now.
 *
 * @param query - on `deviations` and `entities`
 * @internal
 */
export function selectDeviations(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .leftJoin(
      'template_versions',
      'template_versions.template_ref',
      'deviations.template_ref',
    )
    .select(
      'deviations.*',
      'entities.ref',
      'entities.title',
      'entities.owner_ref',
      'template_versions.parts',
    );
}
