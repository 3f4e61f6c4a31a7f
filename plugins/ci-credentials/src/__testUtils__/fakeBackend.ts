import type { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { CiCredentialsClient } from '@waymark/plugin-ci-credentials-common';

/** What reached the network. */
export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body?: unknown;
}

type Answer = { status?: number; body: unknown } | undefined;

/** A credential of the ticket shop, changed as needed. */
export function createCredential(
  changes: Partial<CiCredential> = {},
): CiCredential {
  return {
    id: 'c1',
    source: 'ticketing/ticket-shop',
    entityRefs: ['component:default/ticket-shop'],
    hiddenEntities: 0,
    description: 'Reports its deployments',
    hint: 'wmk_ci_c1_9f',
    createdAt: '2026-01-05T09:30:00.000Z',
    createdBy: 'user:default/maren.osei',
    expiresAt: '2099-01-05T09:30:00.000Z',
    state: 'active',
    issuedBy: 'user',
    ...changes,
  };
}

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
  const client = new CiCredentialsClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `http://portal/api/${pluginId}`,
    },
    fetchApi: {
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const request: SeenRequest = {
          method: init?.method ?? 'GET',
          path: url.pathname.replace('/api/ci-credentials', ''),
          query: Object.fromEntries(url.searchParams),
          body: init?.body ? JSON.parse(String(init.body)) : undefined,
        };
        requests.push(request);
        const answer =
          handle(request) ?? refuse(404, 'NotFoundError', 'Not found');
        return new Response(JSON.stringify(answer.body), {
          status: answer.status ?? 200,
          headers: { 'content-type': 'application/json' },
        });
      },
    },
  });
  return { client, requests };
}
