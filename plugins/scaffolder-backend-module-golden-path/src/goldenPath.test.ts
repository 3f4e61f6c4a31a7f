import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';
import { templateFiles } from './__testUtils__/templateFiles';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NASTY =
  'Says "hi", it\'s ${{ secrets.token }} {{ 7 * 7 }} {% raw %} `x` \\ \u{1f680}\nsecond: line # no comment';

describe.each(databases.eachSupportedId())('on %s', databaseId => {
  let backend: GoldenPathBackend;
  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      on: { databases, id: databaseId },
    });
  });
  afterAll(async () => {
    await backend.stop();
  });

  async function clone(name: string, ...args: string[]): Promise<string> {
    const target = join(backend.directory, 'clones', name);
    await mkdir(join(backend.directory, 'clones'), { recursive: true });
    await git(
      backend.directory,
      'clone',
      '--quiet',
      ...args,
      `${backend.forgeUrl}/payments/${name}.git`,
      target,
    );
    return target;
  }

  describe('a run that ends well', () => {
    const secret = 'typed-in-by-a-person-90210';
    let taskId: string;
    let result: Awaited<ReturnType<GoldenPathBackend['end']>>;
    let folder: string;

    beforeAll(async () => {
      taskId = await backend.start(
        {
          name: 'orders-api',
          owner: 'group:default/payments',
          system: 'system:default/shop',
          description: NASTY,
        },
        { token: secret },
      );
      result = await backend.end(taskId);
      folder = await clone('orders-api');
    });

    it('leads to a repository and an entity', async () => {
      expect(result.error).toBe('');
      expect(result.status).toBe('completed');
      expect(result.output).toEqual({
        repositoryUrl: `${backend.forgeUrl}/payments/orders-api`,
        cloneUrl: `${backend.forgeUrl}/payments/orders-api.git`,
        entityRef: 'component:default/orders-api',
      });
      const entity = await backend.entity('component:default/orders-api');
      expect(entity.metadata.description).toBe(NASTY);
      expect(entity.metadata.annotations).toMatchObject({
        'backstage.io/managed-by-location': `url:${backend.forgeUrl}/payments/orders-api/src/branch/main/catalog-info.yaml`,
      });
    });

    it('writes what was typed as it was typed', async () => {
      expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(
        `# orders-api\n\n${NASTY}\n\n${backend.forgeUrl}/payments/orders-api template:default/demo\n`,
      );
      const manifest = await readFile(join(folder, 'package.json'), 'utf8');
      expect(JSON.parse(manifest)).toEqual({
        name: 'orders-api',
        description: NASTY,
      });
    });

    it('copies what is not to be rendered, what Git would ignore, and bytes', async () => {
      const workflow = join(folder, '.github/workflows/ci.yaml');
      expect(await readFile(workflow, 'utf8')).toBe(
        'env:\n  TOKEN: ${{ secrets.TOKEN }}\n',
      );
      const logo = await git(folder, 'rev-parse', 'HEAD:logo.png');
      expect(
        execFileSync('git', ['cat-file', 'blob', logo.trim()], { cwd: folder }),
      ).toEqual(templateFiles['templates/demo/skeleton/logo.png']);
      // The attributes in the same repository ask for other line ends
      expect(await git(folder, 'cat-file', 'blob', 'HEAD:lines.txt')).toBe(
        'one\ntwo\n',
      );
      expect(
        await readFile(join(folder, 'ünï "quoted" \\ name.md'), 'utf8'),
      ).toBe('emoji \u{1f600}\n');
      expect(await readFile(join(folder, 'ignored/kept.log'), 'utf8')).toBe(
        'kept\n',
      );
    });

    it('keeps scripts executable', async () => {
      const script = join(folder, 'ci/test');
      expect((await stat(script)).mode & 0o111).toBe(0o111);
      expect(execFileSync(script, { encoding: 'utf8' })).toBe('orders-api\n');
      expect((await stat(join(folder, 'README.md'))).mode & 0o111).toBe(0);
    });

    it('keeps what was generated on its branch, and the provenance on top of it', async () => {
      const commits = await git(folder, 'log', '--format=%H %an <%ae> %s');
      const [head, base, ...more] = commits.trim().split('\n');
      expect(more).toEqual([]);
      expect(head).toMatch(
        /Way Mark <way@mark\.example> Record where this repository came from/,
      );
      const generated = (
        await git(folder, 'rev-parse', 'origin/waymark-template')
      ).trim();
      expect(base).toContain(generated);
      expect(
        await git(folder, 'diff', '--name-status', generated, 'HEAD'),
      ).toBe('A\t.waymark/golden-path.yaml\n');

      const provenance = parse(
        await readFile(join(folder, '.waymark/golden-path.yaml'), 'utf8'),
      );
      expect(provenance).toEqual({
        apiVersion: 'waymark.dev/v1alpha1',
        kind: 'GoldenPathProvenance',
        template: 'template:default/demo',
        version: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        layers: [
          { name: 'ci', version: '1.2.0' },
          { name: 'catalog', version: '2.0.0' },
        ],
        run: taskId,
        commit: generated,
        answers: {
          name: 'orders-api',
          owner: 'group:default/payments',
          system: 'system:default/shop',
          description: NASTY,
        },
        files: expect.any(Object),
      });
      const paths = (
        await git(folder, 'ls-tree', '-r', '-z', '--name-only', generated)
      )
        .split('\0')
        .filter(Boolean);
      expect(Object.keys(provenance.files).sort()).toEqual(paths.sort());
      for (const path of paths) {
        const content = execFileSync(
          'git',
          ['cat-file', 'blob', `${generated}:${path}`],
          { cwd: folder },
        );
        expect(provenance.files[path]).toBe(
          `sha256:${createHash('sha256').update(content).digest('hex')}`,
        );
      }
    });

    it('tells what the run created, and that it is too late for an undo', async () => {
      const view = await backend.call(
        `/api/scaffolder/golden-path/runs/${taskId}`,
      );
      expect(view).toEqual({
        status: 200,
        body: {
          taskId,
          status: 'completed',
          created: [
            {
              kind: 'repository',
              url: `${backend.forgeUrl}/payments/orders-api`,
              host: backend.host,
              organization: 'payments',
              name: 'orders-api',
              state: 'created',
              confirmed: true,
            },
          ],
          proposed: [],
          undo: {
            possible: false,
            reason: expect.stringContaining('ended well'),
          },
        },
      });
    });

    it('is listed with when it ended, and tells how long the path takes', async () => {
      const base = '/api/scaffolder/golden-path';
      const mine = await backend.call(`${base}/runs?mine=true&limit=1`);
      expect(mine).toEqual({
        status: 200,
        body: {
          totalItems: 1,
          items: [
            {
              taskId,
              status: 'completed',
              name: 'orders-api',
              template: { ref: 'template:default/demo' },
              createdBy: 'user:default/mock',
              createdAt: expect.any(String),
              startedAt: expect.any(String),
              endedAt: expect.any(String),
            },
          ],
        },
      });
      const [{ startedAt, endedAt }] = mine.body.items;
      const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
      expect(seconds).toBeGreaterThanOrEqual(0);
      const others = await backend.call(`${base}/runs?mine=true`, {
        user: 'user:default/somebody-else',
      });
      expect(others.body).toEqual({ totalItems: 0, items: [] });

      const { status, body } = await backend.call(
        `${base}/durations?template=template:default/demo&template=template:default/gone`,
      );
      expect(status).toBe(200);
      expect(body.items).toEqual([
        {
          templateRef: 'template:default/demo',
          seconds: expect.closeTo(seconds, 3),
          runs: 1,
        },
      ]);
    });

    it('leaves no secret behind', async () => {
      // What the database holds is looked for below
      const { status, stdout } = spawnSync(
        'grep',
        ['-raFl', '--exclude-dir=db', '-e', FORGE_PASSWORD, '-e', secret, '.'],
        { cwd: backend.directory, encoding: 'utf8' },
      );
      // grep found nothing, rather than failed
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(await backend.database.find(FORGE_PASSWORD, secret)).toEqual([]);
      expect(JSON.stringify(result.events)).not.toContain(FORGE_PASSWORD);
      const basic = Buffer.from(`waymark:${FORGE_PASSWORD}`).toString('base64');
      expect(JSON.stringify(result.events)).not.toContain(basic);
    });

    it('leaves nothing in the working directory', () => {
      expect(
        execFileSync('ls', ['-A', join(backend.directory, 'work')], {
          encoding: 'utf8',
        }),
      ).toBe('');
    });
  });

  it('refuses answers that hold a secret', async () => {
    const secret = 'typed-in-by-a-person-90210';
    const id = await backend.start(
      {
        name: 'leaky-one',
        owner: 'group:default/payments',
        description: `the token is ${secret}`,
      },
      { token: secret },
    );
    const { status, error } = await backend.end(id);
    expect(status).toBe('failed');
    expect(error).toMatch(/^answers\.description: holds a secret/);
    expect((await backend.forge('/repos/payments/leaky-one')).status).toBe(404);
  });

  it('serves the routes of the scaffolder as before', async () => {
    const { status, body } = await backend.call('/api/scaffolder/v2/actions');
    expect(status).toBe(200);
    expect(body.map((action: { id: string }) => action.id)).toEqual(
      expect.arrayContaining([
        'golden-path:check',
        'golden-path:render',
        'golden-path:publish',
        'golden-path:ingest',
        'fetch:template',
      ]),
    );
    expect((await backend.call('/api/scaffolder/golden-path')).status).toBe(
      404,
    );
  });

  describe('bad input', () => {
    const good = {
      name: 'good-name',
      owner: 'group:default/payments',
      system: 'system:default/shop',
      description: 'fine',
    };

    beforeAll(async () => {
      const response = await backend.forge('/orgs/payments/repos', {
        method: 'POST',
        body: JSON.stringify({
          name: 'taken-repository',
          description: '',
          default_branch: 'main',
        }),
      });
      if (response.status !== 201) {
        throw new Error(`The forge answered ${response.status}`);
      }
    });

    it.each([
      ['name', { name: '' }, 'must not be empty'],
      ['name', { name: 'Upper' }, 'must consist of lower case'],
      ['name', { name: '../x' }, 'must consist of lower case'],
      ['name', { name: 'double--hyphen' }, 'must consist of lower case'],
      ['name', { name: 'x\ny' }, 'must consist of lower case'],
      ['name', { name: 'ab' }, 'must have 3 to 50 characters'],
      ['name', { name: 'a'.repeat(64) }, 'must have 3 to 50 characters'],
      [
        'name',
        { name: 'taken-component' },
        'component:default/taken-component',
      ],
      ['name', { name: 'taken-api' }, 'api:default/taken-api'],
      ['name', { name: 'taken-repository' }, '/payments/taken-repository'],
      ['owner', { owner: '' }, 'must not be empty'],
      [
        'owner',
        { owner: 'user:default/mock' },
        'is not a reference to a group',
      ],
      ['owner', { owner: 'not a ref' }, 'is not a reference to a group'],
      ['owner', { owner: 'nobody' }, 'there is no group:default/nobody'],
      ['system', { system: 'nowhere' }, 'there is no system:default/nowhere'],
      ['system', { system: 'group:default/payments' }, 'is not a reference to'],
      ['description', { description: 'a\u0000b' }, 'control characters'],
      ['description', { description: 'x'.repeat(501) }, 'more than 500'],
    ])('names the field %s for %j', async (field, input, message) => {
      const values = { ...good, ...input };
      const query = new URLSearchParams(values);
      const checked = await backend.call(
        `/api/scaffolder/golden-path/checks?${query}`,
      );
      expect(checked.status).toBe(200);
      expect(checked.body).toEqual({
        valid: false,
        errors: [{ field, message: expect.stringContaining(message) }],
      });

      const id = await backend.start(values);
      const { status, error } = await backend.end(id);
      expect(status).toBe('failed');
      expect(error).toMatch(new RegExp(`^${field}: `));
      expect(error).toContain(message);

      const view = await backend.call(`/api/scaffolder/golden-path/runs/${id}`);
      expect(view.body.created).toEqual([]);
      expect(view.body.undo).toEqual({
        possible: false,
        reason: 'the run created nothing',
      });
    });

    it.each([
      [
        [{ part: 'notes', reason: 'They are kept elsewhere' }],
        "'delivery' needs 'notes', which is left out",
      ],
      [
        [{ part: 'note', reason: 'It is elsewhere' }],
        "'note' is not a part that can be left out; those are notes, delivery",
      ],
    ])('leaves nothing out for %j', async (leftOut, message) => {
      const id = await backend.start({ ...good, leftOut });
      const { status, error } = await backend.end(id);
      expect(status).toBe('failed');
      expect(error).toContain(`leftOut: ${message}`);
    });

    it('tells of all wrong fields at once', async () => {
      const { body } = await backend.call(
        '/api/scaffolder/golden-path/checks?name=X&owner=nobody',
      );
      expect(body.errors.map((e: { field: string }) => e.field)).toEqual([
        'name',
        'owner',
      ]);
    });

    it('accepts what is right, also half-filled', async () => {
      for (const query of [
        'name=good-name',
        'owner=payments',
        'system=',
        `${new URLSearchParams(good)}`,
      ]) {
        const { body } = await backend.call(
          `/api/scaffolder/golden-path/checks?${query}`,
        );
        expect(body).toEqual({ valid: true, errors: [] });
      }
    });

    it('takes short references in any case for what the catalog means by them', async () => {
      const id = await backend.start({
        ...good,
        name: 'in-short',
        owner: 'freight',
        system: 'SHOP',
      });
      const { status, error, output } = await backend.end(id);
      expect(error).toBe('');
      expect(status).toBe('completed');
      expect(output.repositoryUrl).toBe(`${backend.forgeUrl}/Freight/in-short`);
      const entity = await backend.entity('component:default/in-short');
      expect(entity.spec).toMatchObject({
        owner: 'group:default/Freight',
        system: 'system:default/shop',
      });
    });

    it('refuses other queries and callers', async () => {
      const base = '/api/scaffolder/golden-path';
      const unknown = await backend.call(`${base}/checks?nme=x`);
      expect(unknown.status).toBe(400);
      const twice = await backend.call(`${base}/checks?name=a&name=b`);
      expect(twice.status).toBe(400);
      const traversal = await backend.call(`${base}/runs/..%2f..%2fx`);
      expect(traversal.status).toBe(400);
      const long = await backend.call(`${base}/runs?limit=5000`);
      expect(long.status).toBe(400);
      const absent = await backend.call(`${base}/runs/no-such-task`);
      expect(absent.status).toBe(404);
      const anonymous = await backend.call(`${base}/checks?name=abc`, {
        headers: { authorization: 'Bearer mock-none-token' },
      });
      expect(anonymous.status).toBe(401);
    });

    it('knows groups that have no organization on the host', async () => {
      // Every group of the catalog is an organization of the forge; other hosts
      // have their own
      backend.proxy.breakNext(/GET .*\/orgs\/unhosted/, { status: 404 });
      const { body } = await backend.call(
        '/api/scaffolder/golden-path/checks?owner=unhosted',
      );
      expect(body.errors).toEqual([
        {
          field: 'owner',
          message: expect.stringContaining(
            `there is no organization 'unhosted' on ${backend.host}`,
          ),
        },
      ]);
    });
  });

  it('renders a template that lies in a repository, and keeps its scripts executable', async () => {
    await backend.forge('/orgs/payments/repos', {
      method: 'POST',
      body: JSON.stringify({
        name: 'templates',
        description: '',
        default_branch: 'main',
      }),
    });
    const folder = join(backend.directory, 'template-repository');
    await writeTree(folder, {
      ...templateFiles,
      'templates/demo/template.yaml': String(
        templateFiles['templates/demo/template.yaml'],
      ).replace('name: demo', 'name: remote'),
      'catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: templates }\nspec: { targets: [./templates/demo/template.yaml] }\n',
    });
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    await git(folder, 'add', '-A', '-f');
    await git(folder, 'commit', '--quiet', '-m', 'Templates');
    await git(
      folder,
      'push',
      '--quiet',
      withCredentials(
        `${backend.forgeUrl}/payments/templates.git`,
        FORGE_PASSWORD,
      ),
      'main',
    );
    await backend.until('the template is there', () =>
      backend.entity('template:default/remote'),
    );

    const id = await backend.start(
      {
        name: 'from-afar',
        owner: 'group:default/payments',
        description: 'From a repository',
      },
      undefined,
      'template:default/remote',
    );
    const { error, status } = await backend.end(id);
    expect(error).toBe('');
    expect(status).toBe('completed');
    const generated = await clone('from-afar');
    expect(await git(generated, 'ls-tree', 'HEAD', 'ci/test')).toMatch(
      /^100755/,
    );
    expect(
      await readFile(join(generated, 'ünï "quoted" \\ name.md'), 'utf8'),
    ).toBe('emoji \u{1f600}\n');
  });

  it('shows in a dry run what would be generated, and makes nothing', async () => {
    const template = parse(
      String(templateFiles['templates/demo/template.yaml']),
    );
    // As the template editor does: the folder of the template, not its layers
    const dryRun = (name: string) =>
      backend.call('/api/scaffolder/v2/dry-run', {
        method: 'POST',
        body: JSON.stringify({
          template: { ...template, metadata: { name } },
          values: {
            name: 'dry-one',
            owner: 'group:default/payments',
            description: 'dry',
          },
          directoryContents: [
            {
              path: 'skeleton/README.md',
              base64Content: Buffer.from('# ${{ values.name }}').toString(
                'base64',
              ),
            },
          ],
        }),
      });
    const { status, body } = await dryRun('demo');
    expect({ status, errors: body.errors ?? body.error }).toEqual({
      status: 200,
    });
    const log = body.log.map((l: any) => l.body.message).join('\n');
    expect(log).toContain('A dry run publishes nothing');
    expect(log).toContain('A dry run waits for no entity');
    expect(
      body.directoryContents.map((file: any) => [
        file.path,
        Buffer.from(file.base64Content, 'base64').toString(),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['README.md', '# dry-one'],
        ['ci/test', '#!/bin/sh\necho dry-one\n'],
      ]),
    );
    expect((await backend.forge('/repos/payments/dry-one')).status).toBe(404);

    // One that nobody has registered yet takes the layers that all others have
    const early = await dryRun('not-registered');
    expect(early.status).toBe(200);
    expect(early.body.directoryContents.length).toBe(
      body.directoryContents.length,
    );
  });
});
