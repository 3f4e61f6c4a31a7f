import { Endpoint } from './contracts/Endpoint';
import { Target } from './openslo/targetsOfQuery';

/**
 * The endpoints that none of the targets means. `/fares/{id}`, `/fares/:id` and
 * `/fares/<id>` are one route, and a slash at the end is none.
 *
 * @internal
 */
export function endpointsWithoutObjective(
  endpoints: Endpoint[],
  targets: Target[],
): Endpoint[] {
  const covered = new Set(
    targets.map(({ method = '*', route }) => `${method} ${normalize(route)}`),
  );
  return endpoints.filter(
    ({ method = '*', routes }) =>
      !routes.some(
        route =>
          covered.has(`${method} ${normalize(route)}`) ||
          covered.has(`* ${normalize(route)}`),
      ),
  );
}

function normalize(route: string): string {
  return (
    route
      .replace(/\{[^/}]*\}|<[^/>]*>|(?<=\/):\w+/g, '{}')
      .replace(/\/+$/, '') || '/'
  );
}
