import type {
  FilterPredicateExpression,
  FilterPredicateValue,
} from '@backstage/filter-predicates';

/**
 * A condition on one field of an entity.
 *
 * @internal
 */
export function fieldPredicate(
  key: string,
  value: FilterPredicateValue,
): FilterPredicateExpression {
  // The compiler cannot see that a computed key does not begin with `$`
  return { [key]: value } as FilterPredicateExpression;
}
