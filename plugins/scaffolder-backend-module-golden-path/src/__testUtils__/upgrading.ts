import { rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import { FORGE_PASSWORD, GoldenPathBackend } from './startGoldenPathBackend';

/** What the owner of a service does, and whoever upgrades it. */
export function upgrading(backend: GoldenPathBackend) {
  const path = (name: string) =>
    `/api/scaffolder/golden-path/upgrades/component/default/${name}`;
  const repository = (name: string) => `${backend.forgeUrl}/payments/${name}`;

  async function status(name: string, user?: string) {
    return (await backend.call(path(name), { user })).body;
  }

  async function asPlugin(route: string, query: Record<string, string>) {
    const response = await fetch(
      `${
        backend.baseUrl
      }/api/scaffolder/golden-path/${route}?${new URLSearchParams(query)}`,
      {
        headers: {
          authorization: mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('plugin:golden-paths'),
            targetPluginId: 'scaffolder',
          }),
        },
      },
    );
    return response.json();
  }

  return {
    repository,
    status,

    async make(name: string, more: JsonObject = {}): Promise<string> {
      const taskId = await backend.start(
        { name, owner: 'payments', ...more },
        undefined,
        'template:default/steady',
      );
      const { error } = await backend.end(taskId);
      expect(error).toBe('');
      return taskId;
    },

    /** Clones it anew. */
    async clone(name: string): Promise<string> {
      const folder = join(backend.directory, 'clones', name);
      await rm(folder, { recursive: true, force: true });
      await git(
        backend.directory,
        'clone',
        '--quiet',
        withCredentials(`${repository(name)}.git`, FORGE_PASSWORD),
        folder,
      );
      return folder;
    },

    async commit(folder: string, message = 'Work'): Promise<void> {
      await git(folder, 'add', '-A');
      await git(folder, 'commit', '--quiet', '-m', message);
      await git(folder, 'push', '--quiet', 'origin', 'HEAD');
    },

    /** Brings out a version of the path, and waits until it is known. */
    async release(
      files: Record<string, string>,
      name: string,
    ): Promise<JsonObject> {
      for (const [file, content] of Object.entries(files)) {
        await (content === ''
          ? unlink(join(backend.directory, file))
          : writeTree(backend.directory, { [file]: content }));
      }
      const template = files['templates/steady/template.yaml'];
      const version = /version: (.+)/.exec(template)?.[1];
      await backend.call('/api/catalog/refresh', {
        method: 'POST',
        body: JSON.stringify({ entityRef: 'template:default/steady' }),
      });
      await backend.until(`version ${version} is known`, async () => {
        const found = await status(name);
        return found.available?.pathVersion === version;
      });
      // Its form may have been read a moment before its version
      return status(name);
    },

    preview: (name: string, answers?: JsonObject) =>
      backend.call(`${path(name)}/preview`, {
        ...(answers && {
          method: 'POST',
          body: JSON.stringify({ answers }),
        }),
      }),

    ask: (name: string, body: JsonObject = {}, user?: string) =>
      backend.call(path(name), {
        method: 'POST',
        body: JSON.stringify(body),
        user,
      }),

    /** Has it upgraded, and waits for the end. */
    async upgrade(name: string, body: JsonObject = {}) {
      const { status: code, body: answer } = await backend.call(path(name), {
        method: 'POST',
        body: JSON.stringify(body),
      });
      expect([code, answer]).toEqual([201, { taskId: expect.any(String) }]);
      const run = await backend.end(answer.taskId);
      return { taskId: answer.taskId as string, ...run };
    },

    /** Merges on the page of the forge. */
    async merge(name: string, branch: string): Promise<number> {
      const url = `${repository(name)}/compare/main...${encodeURIComponent(
        branch,
      )}`;
      const page = await (await fetch(url)).text();
      const field = (id: string) =>
        new RegExp(`name="${id}" value="([0-9a-f]+)"`).exec(page)?.[1] ?? '';
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          origin: backend.baseUrl,
          authorization: `Basic ${Buffer.from(
            `waymark:${FORGE_PASSWORD}`,
          ).toString('base64')}`,
        },
        body: new URLSearchParams({
          base_commit: field('base_commit'),
          head_commit: field('head_commit'),
        }),
      });
      return response.status;
    },

    async heads(name: string): Promise<Record<string, string>> {
      const output = await git(
        backend.directory,
        'ls-remote',
        '--heads',
        `${repository(name)}.git`,
      );
      return Object.fromEntries(
        output
          .split('\n')
          .filter(Boolean)
          .map(line => {
            const [commit, ref] = line.split('\t');
            return [ref.replace('refs/heads/', ''), commit];
          }),
      );
    },

    /** What other plugins make of what the repository says of its origin. */
    async standing(name: string): Promise<{
      verified: boolean;
      version: string;
      checkedAt: string;
      problems: { message: string }[];
    }> {
      const { body } = await backend.call(
        `/api/golden-paths/entities/component/default/${name}/delivery`,
      );
      return body.provenance;
    },

    /** What the portal generated, as it says to its own plugins. */
    generated: async (name: string) =>
      (await asPlugin('generated', { repository: repository(name) })).items,

    asPlugin,
  };
}
