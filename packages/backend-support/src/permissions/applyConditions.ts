import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { CatalogTables } from '../catalog/CatalogTables';

type Criteria = PermissionCriteria<PermissionCondition>;

/** What a rule of the catalog asks of the search keys of an entity. */
interface SearchCondition {
  key: string;
  /** One of these; absent: any value, and none. */
  values?: string[];
}

const keyed = (prefix: string, parameter: string) =>
  z
    .strictObject({ [parameter]: z.string(), value: z.string().optional() })
    .transform((params): SearchCondition => {
      const { [parameter]: key, value } = params as Record<string, string>;
      return {
        key: `${prefix}${key}`,
        values: value === undefined ? undefined : [value],
      };
    });

const anyOfValues = (key: string, parameter: string) =>
  z
    .strictObject({ [parameter]: z.array(z.string()) })
    .transform(
      (params): SearchCondition => ({ key, values: params[parameter] }),
    );

/** The rules that the catalog itself has, as it asks them of its own database. */
const RULES = new Map<string, z.ZodType<SearchCondition>>([
  ['HAS_ANNOTATION', keyed('metadata.annotations.', 'annotation')],
  ['HAS_LABEL', keyed('metadata.labels.', 'label')],
  ['HAS_METADATA', keyed('metadata.', 'key')],
  ['HAS_SPEC', keyed('spec.', 'key')],
  ['IS_ENTITY_KIND', anyOfValues('kind', 'kinds')],
  ['IS_ENTITY_OWNER', anyOfValues('relations.ownedBy', 'claims')],
]);

/**
 * Whether {@link applyConditions} understands all of it.
 *
 * @public
 */
export function isApplicable(criteria: Criteria): boolean {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.every(isApplicable);
  }
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.every(isApplicable);
  }
  if (isNotCriteria(criteria)) {
    return isApplicable(criteria.not);
  }
  return toSearch(criteria) !== undefined;
}

/**
 * Narrows a query by the conditions of a policy on entities, with the search keys
 * of each.
 *
 * @param options - `column`: that holds the id of an entity
 * @public
 * @throws Error when a rule is not one of the catalog's own
 */
export function applyConditions(options: {
  knex: Knex;
  tables: CatalogTables;
  query: Knex.QueryBuilder;
  column: string;
  criteria: Criteria;
}): void {
  const { query, criteria, ...rest } = options;
  const apply = (inner: Knex.QueryBuilder, part: Criteria) =>
    applyConditions({ ...rest, query: inner, criteria: part });

  if (isAndCriteria(criteria)) {
    query.where(all => {
      for (const part of criteria.allOf) {
        all.where(inner => apply(inner, part));
      }
    });
  } else if (isOrCriteria(criteria)) {
    query.where(any => {
      for (const part of criteria.anyOf) {
        any.orWhere(inner => apply(inner, part));
      }
    });
  } else if (isNotCriteria(criteria)) {
    query.whereNot(inner => apply(inner, criteria.not));
  } else {
    const search = toSearch(criteria);
    if (!search) {
      throw new Error(
        `The rule ${criteria.rule} cannot be asked of search keys`,
      );
    }
    query.whereExists(searchFor({ ...rest, search }));
  }
}

function toSearch(condition: PermissionCondition): SearchCondition | undefined {
  if (condition.resourceType !== 'catalog-entity') {
    return undefined;
  }
  return RULES.get(condition.rule)?.safeParse(condition.params ?? {}).data;
}

function searchFor(options: {
  knex: Knex;
  tables: CatalogTables;
  column: string;
  search: SearchCondition;
}): Knex.QueryBuilder {
  const { knex, tables, column, search } = options;
  const query = knex(`${tables.search} as search`)
    .select(knex.raw('1'))
    .where(`search.${tables.searchId}`, knex.ref(column))
    .where('search.key', search.key.toLowerCase());
  if (search.values) {
    query.whereIn(
      'search.value',
      search.values.map(value => value.toLowerCase()),
    );
  }
  return query;
}
