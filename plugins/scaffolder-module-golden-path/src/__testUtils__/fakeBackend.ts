import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { mockApis } from '@backstage/frontend-test-utils';
import { ScaffolderClient } from '@backstage/plugin-scaffolder';
import { GoldenPathClient } from '../api';

type Handler = (request: {
  url: URL;
  method: string;
  /** Read as JSON. */
  body?: unknown;
}) =>
  | { status?: number; body: unknown }
  /** Events sent over a connection that then stays open. */
  | { events: unknown[] }
  | undefined;

/** A server-sent event stream, open until the reader leaves. */
function stream(events: unknown[], signal?: AbortSignal | null) {
  const text = events
    .map(event => `event: log\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      signal?.addEventListener('abort', () => controller.error('aborted'));
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

/**
 * The real clients over a network that ends here: `handle` answers each request,
 * 404 where it has no answer, and a thrown error is a network that is down.
 */
export function createFakeBackend(handle: Handler) {
  const discoveryApi = {
    getBaseUrl: async (pluginId: string) => `http://portal/api/${pluginId}`,
  };
  const fetchApi = {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const method = init?.method ?? 'GET';
      const answer = handle({
        url,
        method,
        body:
          typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      }) ?? {
        status: 404,
        body: { error: { name: 'NotFoundError', message: 'Not found' } },
      };
      if ('events' in answer) {
        return stream(answer.events, init?.signal);
      }
      return new Response(JSON.stringify(answer.body), {
        status: answer.status ?? 200,
        headers: { 'content-type': 'application/json' },
      });
    },
  };
  return {
    goldenPathApi: new GoldenPathClient({ discoveryApi, fetchApi }),
    scaffolderApi: new ScaffolderClient({
      discoveryApi,
      fetchApi,
      identityApi: mockApis.identity(),
      scmIntegrationsApi: ScmIntegrations.fromConfig(new ConfigReader({})),
    }),
  };
}
