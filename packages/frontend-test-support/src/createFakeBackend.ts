/**
 * What reached the network.
 *
 * @public
 */
export interface SeenRequest {
  method: string;
  /** Below the address of the plugin. */
  path: string;
  query: URLSearchParams;
  body?: unknown;
}

/**
 * What the backend answers; a string is CSV.
 *
 * @public
 */
export type Answer = { status?: number; body: unknown } | undefined;

/**
 * As the clients that plugins have in their `-common`.
 *
 * @public
 */
export type ClientClass<Client> = new (options: {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}) => Client;

/**
 * An answer with which the backend refuses.
 *
 * @public
 */
export const refuse = (status: number, name: string, message: string) => ({
  status,
  body: { error: { name, message }, response: { statusCode: status } },
});

/**
 * The real client over a network that ends here: `handle` answers each request,
 * 404 where it has no answer.
 *
 * @public
 */
export function createFakeBackend<Client>(options: {
  pluginId: string;
  Client: ClientClass<Client>;
  handle: (request: SeenRequest) => Answer;
}) {
  const { pluginId, handle } = options;
  const requests: SeenRequest[] = [];
  const client = new options.Client({
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const request: SeenRequest = {
          method: init?.method ?? 'GET',
          path: url.pathname.replace(`/api/${pluginId}`, ''),
          query: url.searchParams,
          body: init?.body ? JSON.parse(String(init.body)) : undefined,
        };
        requests.push(request);
        const answer =
          handle(request) ?? refuse(404, 'NotFoundError', 'Not found');
        const isText = typeof answer.body === 'string';
        return new Response(
          isText ? String(answer.body) : JSON.stringify(answer.body),
          {
            status: answer.status ?? 200,
            headers: {
              'content-type': isText ? 'text/csv' : 'application/json',
            },
          },
        );
      },
    },
  });
  return { client, requests };
}
