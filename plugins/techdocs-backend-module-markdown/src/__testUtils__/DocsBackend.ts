import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import techdocsPlugin from '@backstage/plugin-techdocs-backend';
import { JsonObject } from '@backstage/types';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
        // Builds of one entity follow each other at most once a minute
        uid: path.basename(folder),
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'backstage.io/managed-by-location': options?.readFrom ?? file,
          'backstage.io/source-location': file,
          ...options?.annotations,
        },
      },
    };
    const backend = await startTestBackend({
      features: [
        techdocsPlugin,
        techdocsModuleMarkdown,
        catalogServiceMock.factory({ entities: [entity] }),
        mockServices.rootConfig.factory({
          data: {
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
    return new DocsBackend(folder, backend);
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

  async stop(): Promise<void> {
    await this.backend.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
