/**
 * What an objective is about: a route, and one of its methods or all of them.
 *
 * @internal
 */
export interface Target {
  /** Capital letters. Absent: whatever the method. */
  method?: string;
  route: string;
}

/** As OpenTelemetry names them, today and formerly, and what else is common. */
const METHOD_LABELS = ['http_request_method', 'http_method', 'method'];
const ROUTE_LABELS = ['http_route', 'route'];

const SELECTOR = /\{([^{}"]*(?:"(?:[^"\\]|\\.)*"[^{}"]*)*)\}/g;
const MATCHER = /([a-zA-Z_][\w.]*)"?\s*(=~|!=|!~|=)\s*"((?:[^"\\]|\\.)*)"/g;
/** Literals with `|` between them; any other pattern names no certain route. */
const ALTERNATIVES = /^[\w/:{}<>.\-]+(?:\|[\w/:{}<>.\-]+)*$/;

/**
 * The endpoints that a query in the language of Prometheus selects by their
 * labels, such as `http_request_method="GET",http_route="/v1/fares/:id"`.
 *
 * @internal
 */
export function targetsOfQuery(query: string): Target[] {
  return [...query.matchAll(SELECTOR)].flatMap(([, selector]) => {
    const matchers = [...selector.matchAll(MATCHER)];
    const valuesOf = (labels: string[]): string[] | undefined => {
      const found = matchers.find(
        ([, label, operator]) =>
          labels.includes(label) && operator.startsWith('='),
      );
      if (!found) {
        return undefined;
      }
      const [, , operator, value] = found;
      if (operator === '=') {
        return [value];
      }
      return ALTERNATIVES.test(value) ? value.split('|') : [];
    };
    const routes = valuesOf(ROUTE_LABELS) ?? [];
    const methods: (string | undefined)[] = valuesOf(METHOD_LABELS) ?? [
      undefined,
    ];
    return routes.flatMap(route =>
      methods.map(method => ({ method: method?.toUpperCase(), route })),
    );
  });
}
