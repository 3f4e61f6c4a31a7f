import { Endpoint } from './openapi/readEndpoints';
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
    ({ method, path, servedPaths }) =>
      ![path, ...servedPaths].some(
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
