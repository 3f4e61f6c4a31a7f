import { InputError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { Knex } from 'knex';

type Leaf = string | number | boolean;

/** What is asked of the search keys of an entity. */
type Condition =
  | { values: string[] }
  | { prefix: string }
  | { exists: boolean };

/** What is asked for most is beside the entity: a tenth of the time. */
const COLUMNS = new Map([
  ['kind', 'entities.kind'],
  ['spec.type', 'entities.type'],
  ['spec.lifecycle', 'entities.lifecycle'],
]);

/**
 * Narrows a query that has the table `entities` to services that the catalog has:
 * the one definition of what is in scope, for coverage, adoption and all numbers.
 *
 * @param options - `predicate`: as `readServicePredicate` gives it
 * @internal
 */
export function whereActiveService(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  predicate: FilterPredicate;
}): void {
  const { knex, query, predicate } = options;
  query.whereNull('entities.deleted_at');
  query.where(inner => apply(knex, inner, predicate));
}

/**
 * Throws when a predicate has something that {@link whereActiveService} cannot ask.
 *
 * @throws InputError
 * @internal
 */
export function checkServicePredicate(predicate: FilterPredicate): void {
  const { $all, $any, $not } = operatorsOf(predicate);
  [...($all ?? []), ...($any ?? []), ...($not ? [$not] : [])].forEach(
    checkServicePredicate,
  );
  if (!$all && !$any && !$not) {
    Object.entries(fieldsOf(predicate)).forEach(([key, value]) =>
      toCondition(key, value),
    );
  }
}

function apply(
  knex: Knex,
  query: Knex.QueryBuilder,
  predicate: FilterPredicate,
): void {
  const { $all, $any, $not } = operatorsOf(predicate);
  if ($all) {
    for (const part of $all) {
      query.where(inner => apply(knex, inner, part));
    }
  } else if ($any) {
    query.where(any => {
      // Without any, nothing is one of them
      any.whereRaw('1 = 0');
      for (const part of $any) {
        any.orWhere(inner => apply(knex, inner, part));
      }
    });
  } else if ($not) {
    query.whereNot(inner => {
      inner.whereRaw('1 = 1');
      apply(knex, inner, $not);
    });
  } else {
    for (const [key, value] of Object.entries(fieldsOf(predicate))) {
      where(knex, query, key, toCondition(key, value));
    }
  }
}

function where(
  knex: Knex,
  query: Knex.QueryBuilder,
  key: string,
  condition: Condition,
): void {
  const column = COLUMNS.get(key.toLocaleLowerCase('en-US'));
  if (column && 'values' in condition) {
    // What is null is none of them, and may be asked for to be none of them
    query.whereRaw(
      `coalesce(lower(??) in (${
        condition.values.map(() => '?').join(', ') || 'null'
      }), false)`,
      [column, ...condition.values],
    );
    return;
  }
  const found = knex('entity_search as asked')
    .select(knex.raw('1'))
    .where('asked.entity_id', knex.ref('entities.id'))
    .where('asked.key', key.toLocaleLowerCase('en-US'));
  if ('exists' in condition) {
    query[condition.exists ? 'whereExists' : 'whereNotExists'](found);
    return;
  }
  if ('values' in condition) {
    found.whereIn('asked.value', condition.values);
  } else {
    found.whereRaw("asked.value like ? escape '\\'", [
      `${condition.prefix.replace(/[\\%_]/g, '\\$&')}%`,
    ]);
  }
  query.whereExists(found);
}

/** The catalog keeps values in lower case, and so do its search keys. */
function toCondition(key: string, value: unknown): Condition {
  const text = (leaf: Leaf) => String(leaf).toLocaleLowerCase('en-US');
  if (isLeaf(value)) {
    return { values: [text(value)] };
  }
  const { $in, $exists, $hasPrefix, $contains } = fieldsOf(value);
  if (Array.isArray($in) && $in.every(isLeaf)) {
    return { values: $in.map(text) };
  }
  if (typeof $exists === 'boolean') {
    return { exists: $exists };
  }
  if (typeof $hasPrefix === 'string') {
    return { prefix: text($hasPrefix) };
  }
  if (isLeaf($contains)) {
    return { values: [text($contains)] };
  }
  throw new InputError(
    `${key}: only a value, $in, $exists, $hasPrefix and $contains of a value can be asked for`,
  );
}

function isLeaf(value: unknown): value is Leaf {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function operatorsOf(predicate: FilterPredicate): {
  $all?: FilterPredicate[];
  $any?: FilterPredicate[];
  $not?: FilterPredicate;
} {
  return fieldsOf(predicate);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${JSON.stringify(value)} is not a condition`);
  }
  return value as Record<string, unknown>;
}
