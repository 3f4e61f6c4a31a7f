import { Knex } from 'knex';
import { ServiceScope } from './ServiceScope';

/**
 * Narrows a query on `entities` to the active services that are in the catalog: the
 * one definition for coverage, adoption and all else that is counted by service.
 *
 * @param options - `alias`: of the table `entities` in the query
 * @internal
 */
export function activeServices(options: {
  scope: ServiceScope;
  alias?: string;
}): (query: Knex.QueryBuilder) => void {
  const { scope, alias = 'entities' } = options;
  return query => {
    query
      .whereNull(`${alias}.deleted_at`)
      .whereRaw(`lower(??) = 'component'`, [`${alias}.kind`])
      .whereRaw(`lower(??) in (${placeholders(scope.types)})`, [
        `${alias}.type`,
        ...scope.types,
      ]);
    if (scope.exceptLifecycles.length > 0) {
      query.whereRaw(
        `lower(coalesce(??, '')) not in (${placeholders(
          scope.exceptLifecycles,
        )})`,
        [`${alias}.lifecycle`, ...scope.exceptLifecycles],
      );
    }
  };
}

function placeholders(values: readonly string[]): string {
  return values.length > 0 ? values.map(() => '?').join(', ') : 'null';
}
