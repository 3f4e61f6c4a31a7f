import { FilterPredicate } from '@backstage/filter-predicates';
import { JsonValue } from '@backstage/types';

/**
 * The kinds, in lower case, outside of which a predicate matches nothing;
 * `undefined` when it does not say. It only spares work: what it does not
 * understand is every kind.
 *
 * @internal
 */
export function populationKinds(
  predicate: FilterPredicate,
): string[] | undefined {
  if (typeof predicate !== 'object') {
    return undefined;
  }
  const { kind, $all, $any } = predicate as {
    kind?: JsonValue | { $in?: JsonValue[] };
    $all?: FilterPredicate[];
    $any?: FilterPredicate[];
  };
  if ($all) {
    return $all.map(populationKinds).find(kinds => kinds);
  }
  if ($any) {
    const parts = $any.map(populationKinds);
    return parts.every(kinds => kinds)
      ? parts.flatMap(kinds => kinds!)
      : undefined;
  }
  const wanted =
    kind && typeof kind === 'object' && '$in' in kind ? kind.$in : [kind];
  return Array.isArray(wanted) && wanted.every(one => typeof one === 'string')
    ? wanted.map(one => one.toLocaleLowerCase('en-US'))
    : undefined;
}
