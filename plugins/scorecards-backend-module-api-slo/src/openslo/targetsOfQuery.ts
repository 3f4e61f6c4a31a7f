/**
 * What an objective is about: a route, and one of its methods or all of them. The
 * route of a call is `package.Service/Method`, with `*` for all methods.
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
const RPC_SERVICE_LABELS = ['rpc_service', 'grpc_service'];
const RPC_METHOD_LABELS = ['rpc_method', 'grpc_method'];
const CHANNEL_LABELS = ['messaging_destination_name'];
const ACTION_LABELS = [
  'messaging_operation_name',
  'messaging_operation_type',
  'messaging_operation',
];
/** What OpenTelemetry calls an operation, and AsyncAPI an action. */
const ACTIONS = new Map([
  ['process', 'RECEIVE'],
  ['receive', 'RECEIVE'],
  ['settle', 'RECEIVE'],
  ['create', 'SEND'],
  ['send', 'SEND'],
  ['publish', 'SEND'],
]);

const SELECTOR = /\{([^{}"]*(?:"(?:[^"\\]|\\.)*"[^{}"]*)*)\}/g;
const MATCHER = /([a-zA-Z_][\w.]*)"?\s*(=~|!=|!~|=)\s*"((?:[^"\\]|\\.)*)"/g;
/** Literals with `|` between them; any other pattern names no certain route. */
const ALTERNATIVES = /^[\w/:{}<>.\-]+(?:\|[\w/:{}<>.\-]+)*$/;

/**
 * The endpoints that a query in the language of Prometheus selects by their
 * labels, such as `http_request_method="GET",http_route="/v1/fares/:id"` or
 * `rpc_service="fares.v1.FareService",rpc_method="GetFare"`, or
 * `messaging_destination_name="fares",messaging_operation_name="process"`.
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
    return [
      ...routes.flatMap(route =>
        methods.map(method => ({ method: method?.toUpperCase(), route })),
      ),
      ...callsOf({
        services: valuesOf(RPC_SERVICE_LABELS),
        methods: valuesOf(RPC_METHOD_LABELS),
      }).map(route => ({ route })),
      ...(valuesOf(CHANNEL_LABELS) ?? []).flatMap(route =>
        (valuesOf(ACTION_LABELS) ?? [undefined]).map(action => ({
          // What goes by no name of these is about all of the channel
          method: action && ACTIONS.get(action),
          route,
        })),
      ),
    ];
  });
}

function callsOf(options: {
  services: string[] | undefined;
  methods: string[] | undefined;
}): string[] {
  const { services, methods } = options;
  if (!services) {
    // Conventions of today: the service is part of the method's name
    return (methods ?? []).filter(method => method.includes('/'));
  }
  return services.flatMap(service =>
    (methods ?? ['*']).map(method => `${service}/${method}`),
  );
}
