import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { NotAllowedError, NotModifiedError } from '@backstage/errors';
import {
  CatalogScmEventsService,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';
import techdocsPlugin from '@backstage/plugin-techdocs-backend';
import { JsonObject } from '@backstage/types';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import techdocsModuleMarkdown from '..';

/** What the build says and whether it worked. */
export interface Build {
  log: string;
  error?: string;
}

/**
 * The backend of TechDocs with this module, and a repository on the disk whose
 * documentation it builds.
 */
export class DocsBackend {
  private constructor(
    private readonly folder: string,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    private readonly events: CatalogScmEventsService,
    private readonly host: { version: number },
  ) {}

  static async start(options?: {
    markdown?: JsonObject;
    /** Where the entity was read from; the file beside its documentation. */
    readFrom?: string;
    annotations?: Record<string, string>;
    otherRepositories?: boolean;
  }): Promise<DocsBackend> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-docs-'));
    for (const name of ['repository', 'published', 'work']) {
      await mkdir(path.join(folder, name));
    }
    const file = `file:${folder}/repository/catalog-info.yaml`;
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'orders',
        title: 'Orders',
        uid: path.basename(folder),
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'backstage.io/managed-by-location': options?.readFrom ?? file,
          'backstage.io/source-location': file,
          ...options?.annotations,
        },
      },
    };
    // Stands for the host of the repository, as seen through its API
    const host = { version: 1 };
    let copies = 0;
    const reader = createServiceFactory({
      service: coreServices.urlReader,
      deps: {},
      factory: () => ({
        async readUrl() {
          throw new Error('Not read by this module');
        },
        async search() {
          throw new Error('Not read by this module');
        },
        async readTree(url: string, given?: { etag?: string }) {
          if (!url.startsWith('https://served.example.com/')) {
            throw new NotAllowedError(`No reader is allowed for ${url}`);
          }
          const etag = `v${host.version}`;
          if (given?.etag === etag) {
            throw new NotModifiedError();
          }
          copies += 1;
          const copy = path.join(folder, 'work', `copy-${copies}`);
          await cp(path.join(folder, 'repository'), copy, { recursive: true });
          return {
            etag,
            dir: async () => copy,
            files: async () => [],
            archive: async () => {
              throw new Error('Not read by this module');
            },
          };
        },
      }),
    });
    let events: CatalogScmEventsService | undefined;
    const listener = createBackendModule({
      pluginId: 'techdocs',
      moduleId: 'events-of-the-test',
      register(env) {
        env.registerInit({
          deps: { service: catalogScmEventsServiceRef },
          async init({ service }) {
            events = service;
          },
        });
      },
    });
    const backend = await startTestBackend({
      features: [
        reader,
        listener,
        techdocsPlugin,
        techdocsModuleMarkdown,
        catalogServiceMock.factory({ entities: [entity] }),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            backend: { workingDirectory: path.join(folder, 'work') },
            techdocs: {
              otherRepositories: options?.otherRepositories,
              builder: 'local',
              generator: { runIn: 'local', markdown: options?.markdown ?? {} },
              publisher: {
                type: 'local',
                local: { publishDirectory: path.join(folder, 'published') },
              },
            },
          },
        }),
      ],
    });
    if (!events) {
      throw new Error('There is no service for the events of hosts');
    }
    return new DocsBackend(folder, backend, events, host);
  }

  private address(suffix: string): string {
    const { port } = this.backend.server.address() as AddressInfo;
    return `http://localhost:${port}/api/techdocs${suffix}`;
  }

  async write(files: Record<string, string | Buffer>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, 'repository', name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  /** A file beside the repository, which no build may reach. */
  async writeOutside(name: string, content: string): Promise<void> {
    await writeFile(path.join(this.folder, name), content);
  }

  async link(name: string, target: string): Promise<void> {
    const file = path.join(this.folder, 'repository', name);
    await mkdir(path.dirname(file), { recursive: true });
    await symlink(target, file);
  }

  async remove(name: string): Promise<void> {
    await rm(path.join(this.folder, 'repository', name), { recursive: true });
  }

  /** What is in the repository now is a new version of it. */
  push(): void {
    this.host.version += 1;
  }

  /** The same, and the host says so. */
  async pushAndTell(url: string): Promise<void> {
    this.push();
    await this.events.publish([{ type: 'repository.updated', url }]);
  }

  async build(): Promise<Build> {
    const response = await fetch(
      this.address('/sync/default/component/orders'),
      {
        headers: { accept: 'text/event-stream' },
      },
    );
    const events = (await response.text()).split('\n\n');
    const build: Build = { log: '' };
    for (const event of events) {
      const [, type, data] = event.match(/event: (\w+)\ndata: (.*)/) ?? [];
      if (type === 'log') {
        build.log += `${JSON.parse(data)}\n`;
      } else if (type === 'error') {
        build.error = JSON.parse(data);
      }
    }
    return build;
  }

  /** Publishes documentation of an entity that the reader does not see. */
  async publishHidden(name: string, content: string): Promise<void> {
    const site = path.join(this.folder, 'published/default/component', name);
    await mkdir(site, { recursive: true });
    await writeFile(path.join(site, 'index.html'), content);
  }

  /** Asks for a file of the published sites by the end of its address. */
  async ask(place: string): Promise<Response> {
    return fetch(this.address(`/static/docs/${place}`));
  }

  /** Reads a published file; undefined when there is none. */
  async read(name: string): Promise<string | undefined> {
    const response = await fetch(
      this.address(`/static/docs/default/component/orders/${name}`),
    );
    return response.ok ? response.text() : undefined;
  }

  async metadata() {
    const response = await fetch(
      this.address('/metadata/techdocs/default/component/orders'),
    );
    return response.json();
  }

  /** What is on the disk only while a site is built. */
  async unfinished(): Promise<string[]> {
    const folders = ['published/.building', 'work'];
    const names = await Promise.all(
      folders.map(name => readdir(path.join(this.folder, name))),
    );
    return names.flat();
  }

  /** Looks at what is left before that is taken away. */
  async stop(look?: () => Promise<void>): Promise<void> {
    await this.backend.stop();
    await look?.();
    await rm(this.folder, { recursive: true, force: true });
  }
}
