import {
  SyncResult,
  TechDocsApi,
  TechDocsStorageApi,
} from '@backstage/plugin-techdocs-react';
import { FreshMetadata } from './FreshMetadata';
import { FreshStorage } from './FreshStorage';

const entity = { kind: 'component', namespace: 'default', name: 'orders' };

/** The backend of TechDocs, as the stock clients hand on what it says, with one site. */
class Backend {
  text: string | undefined = 'old';
  checks = 0;
  #finish: Array<(result: SyncResult) => void> = [];

  /** Ends the check that goes on, with a new site. */
  update(text: string): void {
    this.text = text;
    this.#finish.splice(0).forEach(finish => finish('updated'));
  }

  async #read(): Promise<string> {
    if (this.text === undefined) {
      throw new Error('Page not found');
    }
    return this.text;
  }

  readonly storage: TechDocsStorageApi = {
    getApiOrigin: async () => '/api/techdocs',
    getBaseUrl: async path => path,
    getBuilder: async () => 'local',
    getStorageUrl: async () => '/api/techdocs/static/docs',
    getEntityDocs: () => this.#read(),
    syncEntityDocs: (_, onLine) => {
      this.checks += 1;
      onLine?.('Reading the repository');
      return new Promise(resolve => this.#finish.push(resolve));
    },
  };

  readonly metadata: TechDocsApi = {
    getApiOrigin: async () => '/api/techdocs',
    getCookie: async () => ({ expiresAt: '' }),
    getEntityMetadata: async () => {
      throw new Error('Not asked for');
    },
    getTechDocsMetadata: async () => ({
      site_name: await this.#read(),
      site_description: '',
    }),
  };
}

function createClients(options: { patienceMs?: number } = {}) {
  const backend = new Backend();
  const storage = new FreshStorage({ ...options, storage: backend.storage });
  const metadata = new FreshMetadata({ metadata: backend.metadata, storage });
  return { backend, metadata, storage };
}

describe('a page', () => {
  it('is shown when it is as new as its repository, after one question', async () => {
    const { backend, metadata, storage } = createClients();
    backend.text = undefined;
    const lines: string[] = [];
    const page = storage.getEntityDocs(entity, '');
    const sync = storage.syncEntityDocs(entity, line => lines.push(line));
    const about = metadata.getTechDocsMetadata(entity);
    // Until everything that was started waits for the backend
    await new Promise(resolve => setTimeout(resolve));
    backend.update('new');

    expect(await page).toBe('new');
    // There is nothing to be loaded again
    expect(await sync).toBe('cached');
    expect(await about).toMatchObject({ site_name: 'new' });
    expect(lines).toEqual(['Reading the repository']);
    expect(await storage.getEntityDocs(entity, 'other')).toBe('new');
    expect(backend.checks).toBe(1);
  });

  it('is shown as it was when a new one takes long, which is then offered', async () => {
    const { backend, storage } = createClients({ patienceMs: 10 });
    const sync = storage.syncEntityDocs(entity);
    expect(await storage.getEntityDocs(entity, '')).toBe('old');
    backend.update('new');
    expect(await sync).toBe('updated');
    expect(await storage.getEntityDocs(entity, '')).toBe('new');
  });
});
