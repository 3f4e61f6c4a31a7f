import { GoldenPathsClient } from '@waymark/plugin-golden-paths-common';

/** What reached the network. */
export interface SeenRequest {
  method: string;
  /** Below `/api/golden-paths`. */
  path: string;
  query: URLSearchParams;
  body?: unknown;
}

/** What the backend answers; a string is CSV. */
export type Answer = { status?: number; body: unknown } | undefined;

/** An answer with which the backend refuses. */
export const refuse = (status: number, name: string, message: string) => ({
  status,
  body: { error: { name, message }, response: { statusCode: status } },
});

/**
 * The real client over a network that ends here: `handle` answers each request,
 * 404 where it has no answer.
 */
export function createFakeBackend(handle: (request: SeenRequest) => Answer) {
  const requests: SeenRequest[] = [];
  const client = new GoldenPathsClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `http://portal/api/${pluginId}`,
    },
    fetchApi: {
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const request: SeenRequest = {
          method: init?.method ?? 'GET',
          path: url.pathname.replace('/api/golden-paths', ''),
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
