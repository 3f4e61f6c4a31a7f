import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGiteaAction } from '@backstage/plugin-scaffolder-backend-module-gitea';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { commit, git, workingCopy } from './__testUtils__/gitClient';
import { startForge, TestForge } from './__testUtils__/startForge';

/* Backstage's own clients of Gitea, as they are, against the forge. */
describe('as seen by Backstage', () => {
  let forge: TestForge;
  let config: ConfigReader;
  let reader: UrlReaderService;

  beforeAll(async () => {
    forge = await startForge();
    const { host } = new URL(forge.address);
    config = new ConfigReader({
      integrations: {
        gitea: [
          {
            host,
            baseUrl: forge.address,
            username: 'waymark',
            password: forge.password,
          },
        ],
      },
    });
    reader = UrlReaders.default({
      config,
      logger: mockServices.logger.mock(),
    });
  });

  afterAll(async () => {
    await forge.stop();
  });

  it('is read by the URL reader: one file, a tree with its etag, a search', async () => {
    const url = await forge.createRepository('read');
    const folder = await workingCopy(forge.scratch, {
      'catalog-info.yaml': 'kind: API\n',
      'docs/index.md': '# Docs\n',
      'docs/more/deep.md': 'deep\n',
    });
    await git(folder, 'push', '-q', url, 'main');
    const base = `${forge.address}/team-a/read/src/branch/main`;

    const file = await reader.readUrl(`${base}/catalog-info.yaml`);
    expect((await file.buffer()).toString()).toBe('kind: API\n');
    expect(file.etag).toEqual(expect.any(String));
    expect(file.lastModifiedAt).toBeInstanceOf(Date);
    await expect(reader.readUrl(`${base}/missing.yaml`)).rejects.toMatchObject({
      name: 'NotFoundError',
    });

    const tree = await reader.readTree(`${base}/docs`);
    const files = await tree.files();
    expect(files.map(({ path }) => path).sort()).toEqual([
      'index.md',
      'more/deep.md',
    ]);
    await expect(
      reader.readTree(`${base}/docs`, { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    await commit(folder, 'More', { 'docs/new.md': 'new\n' });
    await git(folder, 'push', '-q', url, 'main');
    const changed = await reader.readTree(`${base}/docs`, { etag: tree.etag });
    expect(await changed.files()).toHaveLength(3);
    await expect(
      reader.readTree(`${forge.address}/team-a/read/src/branch/none`),
    ).rejects.toMatchObject({ name: 'NotFoundError' });

    const found = await reader.search(`${base}/catalog-info.yaml`);
    expect(found.files).toHaveLength(1);
    const none = await reader.search(`${base}/catalog-none.yaml`);
    expect(none.files).toHaveLength(0);
  });

  it('is published to by publish:gitea', async () => {
    const workspace = await mkdtemp(join(forge.scratch, 'workspace-'));
    await writeFile(join(workspace, 'a.txt'), 'a');
    const action = createPublishGiteaAction({
      integrations: ScmIntegrations.fromConfig(config),
      config,
    });
    const { host } = new URL(forge.address);
    const output: Record<string, unknown> = {};
    const context = createMockActionContext({
      input: {
        repoUrl: `${host}?owner=team-a&repo=published`,
        description: 'Published by the stock action',
        gitAuthorName: 'Ada',
        gitAuthorEmail: 'ada@example.com',
      },
      workspacePath: workspace,
    });
    context.output = (name: string, value: unknown) => {
      output[name] = value;
    };
    await action.handler(context);
    expect(output).toMatchObject({
      remoteUrl: `${forge.address}/team-a/published.git`,
      repoContentsUrl: `${forge.address}/team-a/published/src/branch/main/`,
    });
    const file = await reader.readUrl(`${output.repoContentsUrl}a.txt`);
    expect((await file.buffer()).toString()).toBe('a');
  });
});
