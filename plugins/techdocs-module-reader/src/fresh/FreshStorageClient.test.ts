import { TechDocsStorageApi } from '@backstage/plugin-techdocs-react';
import { mockApis } from '@backstage/frontend-test-utils';
import { FreshMetadataClient } from './FreshMetadataClient';
import { FreshStorageClient } from './FreshStorageClient';

const entity = { kind: 'component', namespace: 'default', name: 'orders' };

/** The backend of TechDocs as the clients see it, with one site. */
class Backend {
  text: string | undefined = 'old';
  checks = 0;
  #finish: Array<() => void> = [];

  /** Ends the check that goes on, with a new site. */
  update(text: string): void {
    this.text = text;
    this.#finish.splice(0).forEach(finish => finish());
  }

  readonly fetch = async (input: unknown): Promise<Response> => {
    const url = String(input);
    if (url.includes('/sync/')) {
      this.checks += 1;
      const encoder = new TextEncoder();
      const body = new ReadableStream({
        start: controller => {
          const send = (event: string, data: unknown) =>
            controller.enqueue(
              encoder.encode(
                `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
              ),
            );
          send('log', 'Reading the repository');
          this.#finish.push(() => {
            send('finish', { updated: true });
            controller.close();
          });
        },
      });
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream' },
      });
    }
    return this.text === undefined
      ? new Response('', { status: 404 })
      : new Response(
          url.includes('/metadata/')
            ? JSON.stringify({ site_name: this.text })
            : this.text,
        );
  };
}

function createClients() {
  const backend = new Backend();
  const options = {
    configApi: mockApis.config(),
    discoveryApi: mockApis.discovery(),
    fetchApi: { fetch: backend.fetch },
  };
  const storage = new FreshStorageClient(options);
  const metadata = new FreshMetadataClient({
    ...options,
    storage: storage as TechDocsStorageApi,
  });
  return { backend, metadata, storage };
}

/** Until everything that was started waits for the backend. */
const settle = () => new Promise(resolve => setTimeout(resolve, 20));

describe('a page', () => {
  it('is shown when it is as new as its repository, after one question', async () => {
    const { backend, metadata, storage } = createClients();
    backend.text = undefined;
    const lines: string[] = [];
    const page = storage.getEntityDocs(entity, '');
    const sync = storage.syncEntityDocs(entity, line => lines.push(line));
    const about = metadata.getTechDocsMetadata(entity);
    await settle();
    backend.update('new');

    expect(await page).toBe('new');
    // There is nothing to be loaded again
    expect(await sync).toBe('cached');
    expect(await about).toEqual({ site_name: 'new' });
    expect(lines).toEqual(['Reading the repository']);
    expect(await storage.getEntityDocs(entity, 'other')).toBe('new');
    expect(backend.checks).toBe(1);
  });

  it('is shown as it was when a new one takes long, which is then offered', async () => {
    const { backend, storage } = createClients();
    const sync = storage.syncEntityDocs(entity);
    expect(await storage.getEntityDocs(entity, '')).toBe('old');
    backend.update('new');
    expect(await sync).toBe('updated');
    expect(await storage.getEntityDocs(entity, '')).toBe('new');
  });
});
