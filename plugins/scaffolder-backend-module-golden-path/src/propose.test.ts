import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import { Fault } from './__testUtils__/FaultyProxy';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';
import { templateFiles } from './__testUtils__/templateFiles';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
// What is kept of a run is tested on each database in recovery.test.ts; here it is
// about branches
const oneOfThem = databases.eachSupportedId().slice(-1);

const LOOK = (name: string) =>
  new RegExp(`GET /api/forge/api/v1/repos/payments/${name}$`);
const REFS = /GET \/api\/forge\/.*\.git\/info\/refs\?service=git-upload-pack/;
const FETCH = /POST \/api\/forge\/.*\.git\/git-upload-pack/;
const PUSH = /POST \/api\/forge\/.*\.git\/git-receive-pack/;
const PULLS = /POST \/api\/forge\/api\/v1\/repos\/.*\/pulls$/;

describe.each(oneOfThem)('on %s', databaseId => {
  let backend: GoldenPathBackend;
  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      on: { databases, id: databaseId },
      goldenPath: host => ({
        proposals: [{ host, organizations: ['payments'] }],
        layers: `http://${host}/api/forge/payments/layers/src/branch/trunk/layers`,
      }),
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });
  beforeEach(() => {
    // A fault that did not happen would hit the next test
    if (backend.proxy.pendingFaults > 0) {
      throw new Error('The test before did not meet its fault');
    }
  });

  const url = (name: string, organization = 'payments') =>
    `${backend.forgeUrl}/${organization}/${name}`;

  async function createEmpty(name: string, organization = 'payments') {
    const response = await backend.forge(`/orgs/${organization}/repos`, {
      method: 'POST',
      body: JSON.stringify({ name, description: '', default_branch: 'trunk' }),
    });
    expect(response.status).toBe(201);
  }

  /** Makes a repository with something in it, and a clone of it. */
  async function create(name: string, organization?: string): Promise<string> {
    await createEmpty(name, organization);
    const folder = join(backend.directory, 'clones', name);
    await mkdir(folder, { recursive: true });
    await git(folder, 'init', '--quiet', '--initial-branch=trunk');
    await writeTree(folder, {
      'README.md': '# There already\n',
      'docs/index.md': '# Docs\n',
    });
    await symlink('docs', join(folder, 'linked'));
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '--quiet', '-m', 'Begin');
    await git(
      folder,
      'remote',
      'add',
      'origin',
      withCredentials(`${url(name, organization)}.git`, FORGE_PASSWORD),
    );
    await git(folder, 'push', '--quiet', 'origin', 'trunk');
    return folder;
  }

  async function propose(name: string, values: JsonObject = {}) {
    const id = await backend.start(
      { repositoryUrl: url(name), ...values },
      undefined,
      'template:default/propose',
    );
    return { id, ...(await backend.end(id)) };
  }

  async function refs(folder: string): Promise<string[]> {
    const output = await git(folder, 'ls-remote', '--refs', 'origin');
    return output.split('\n').filter(Boolean).sort();
  }

  function log(result: { events: { body: { message: string } }[] }): string {
    return result.events.map(event => event.body.message).join('\n');
  }

  it('makes a branch with the file and nothing else, to be looked at', async () => {
    const folder = await create('plain');
    const before = await refs(folder);

    const result = await propose('plain');
    expect(result.error).toBe('');
    const branch = `waymark/propose-${result.id.slice(0, 8)}`;
    expect(result.output).toEqual({
      changeUrl: `${url('plain')}/compare/trunk...${encodeURIComponent(
        branch,
      )}`,
      branch,
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(log(result)).toContain('has no pull requests here');
    const page = await fetch(result.output.changeUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Some notes');

    expect(await refs(folder)).toEqual(
      [...before, `${result.output.commit}\trefs/heads/${branch}`].sort(),
    );
    await git(folder, 'fetch', '--quiet', 'origin', branch);
    expect(
      await git(folder, 'log', '--format=%an <%ae> %s', 'trunk..FETCH_HEAD'),
    ).toBe('Way Mark <way@mark.example> Add notes\n');
    expect(
      await git(folder, 'diff', '--name-status', 'trunk', 'FETCH_HEAD'),
    ).toBe('A\tnotes.md\n');
  });

  it('tells what a run proposed that failed later, once however often it was repeated', async () => {
    await create('later');
    const { id, status, error } = await propose('later', { later: 'nobody' });
    expect(status).toBe('failed');
    expect(error).toContain('there is no group:default/nobody');

    const read = () => backend.call(`/api/scaffolder/golden-path/runs/${id}`);
    const branch = encodeURIComponent(`waymark/propose-${id.slice(0, 8)}`);
    const told = {
      created: [],
      proposed: [{ url: `${url('later')}/compare/trunk...${branch}` }],
      undo: {
        possible: false,
        reason: 'the run only proposed a change; close it where it is',
      },
    };
    expect((await read()).body).toMatchObject(told);

    await backend.retry(id);
    expect((await backend.end(id)).status).toBe('failed');
    expect((await read()).body).toMatchObject(told);
  });

  it('finds what was proposed before, refuses another change on the branch, and ends with its merge', async () => {
    const folder = await create('repeated');
    const branch = 'waymark/notes';
    const first = await propose('repeated', { branch });
    expect(first.error).toBe('');

    // The default branch goes on; the proposal is the same nevertheless
    await writeTree(folder, { 'more.txt': 'more\n' });
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '--quiet', '-m', 'More');
    await git(folder, 'push', '--quiet', 'origin', 'trunk');
    const before = await refs(folder);
    const second = await propose('repeated', { branch });
    expect(second.error).toBe('');
    expect(second.output).toEqual(first.output);
    expect(log(second)).toContain('holds this change already');

    const other = await propose('repeated', { branch, content: 'Others' });
    expect(other.status).toBe('failed');
    expect(other.error).toMatch(
      /^branch: .*\/repeated has a branch waymark\/notes already that holds another change/,
    );
    expect(await refs(folder)).toEqual(before);

    await git(folder, 'fetch', '--quiet', 'origin', branch);
    await git(folder, 'merge', '--quiet', '--no-edit', 'FETCH_HEAD');
    await git(folder, 'push', '--quiet', 'origin', 'trunk');
    const late = await propose('repeated', { branch: 'waymark/late' });
    expect(late.error).toBe(
      `repositoryUrl: the repository has a notes.md already: ${url(
        'repeated',
      )}/src/branch/trunk/notes.md`,
    );
    const nothing = await propose('repeated', {
      branch: 'waymark/late',
      overwrite: true,
    });
    expect(nothing.error).toBe('');
    expect(log(nothing)).toContain('There is nothing to change');
    expect(nothing.output.changeUrl).toBeUndefined();
    const changed = await propose('repeated', {
      branch: 'waymark/late',
      overwrite: true,
      content: 'Better',
    });
    expect(changed.error).toBe('');
    expect(changed.output.commit).toMatch(/^[0-9a-f]{40}$/);
    expect((await refs(folder)).join()).toContain('refs/heads/waymark/late');
  });

  it('leaves a branch alone on which somebody worked', async () => {
    const folder = await create('worked-on');
    const branch = 'waymark/notes';
    await propose('worked-on', { branch });
    await git(folder, 'fetch', '--quiet', 'origin', branch);
    await git(folder, 'checkout', '--quiet', 'FETCH_HEAD');
    await writeTree(folder, { 'by-hand.txt': 'work\n' });
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '--quiet', '-m', 'Work');
    await git(folder, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    const before = await refs(folder);
    const { error } = await propose('worked-on', { branch });
    expect(error).toMatch(/^branch: .*holds another change/);
    expect(await refs(folder)).toEqual(before);
  });

  it.each<[string, RegExp, Fault, number]>([
    ['the repository is looked up', LOOK('NAME'), { status: 500 }, 1],
    ['its commits are fetched', FETCH, { status: 502 }, 1],
    ['the push begins', PUSH, { status: 502 }, 1],
    ['the change is opened', PULLS, { status: 500 }, 2],
  ])('goes on after a failure while %s', async (when, place, fault, heads) => {
    const name = `broken-${when.replaceAll(' ', '-').slice(0, 30)}`;
    const folder = await create(name);
    const named = new RegExp(place.source.replace('NAME', name));
    backend.proxy.breakNext(named, fault);
    const { id, status, error } = await propose(name);
    expect(status).toBe('failed');
    expect(error).not.toContain(FORGE_PASSWORD);
    expect(await refs(folder)).toHaveLength(heads);

    await backend.retry(id);
    const again = await backend.end(id);
    expect(again.error).toBe('');
    expect(again.status).toBe('completed');
    expect(await refs(folder)).toHaveLength(2);
  });

  it('does not mind a lost answer to its push', async () => {
    await create('lost-answer');
    backend.proxy.breakNext(PUSH, 'lose-answer');
    expect((await propose('lost-answer')).error).toBe('');
    backend.proxy.breakNext(REFS, 'lose-request');
    const { error } = await propose('lost-answer');
    expect(error).toContain('git fetch failed');
  });

  describe('refuses', () => {
    beforeAll(async () => {
      await create('good');
      await createEmpty('hollow');
      await create('foreign', 'Freight');
    });

    it.each<[string, () => JsonObject, RegExp]>([
      [
        'a host that is not configured',
        () => ({ repositoryUrl: 'https://git.example.com/payments/good' }),
        /^repositoryUrl: must be the address of a repository, such as http:\/\/localhost/,
      ],
      [
        'an organization outside the config',
        () => ({ repositoryUrl: url('foreign', 'Freight') }),
        /^repositoryUrl: changes are proposed only on localhost:\d+ in payments/,
      ],
      [
        'a page within a repository',
        () => ({ repositoryUrl: `${url('good')}/src/branch/trunk` }),
        /^repositoryUrl: must be the address/,
      ],
      [
        'an address with a password',
        () => ({
          repositoryUrl: withCredentials(url('good'), FORGE_PASSWORD),
        }),
        /^repositoryUrl: must be the address/,
      ],
      [
        'a repository that is not there',
        () => ({ repositoryUrl: url('absent') }),
        /^repositoryUrl: there is no repository .*\/absent/,
      ],
      [
        'an empty repository',
        () => ({ repositoryUrl: url('hollow') }),
        /^repositoryUrl: .*\/hollow is empty/,
      ],
      [
        'a branch of its own making only in name',
        () => ({ branch: 'trunk' }),
        /^branch: 'trunk' must be waymark\//,
      ],
      [
        'a branch with a way out',
        () => ({ branch: 'waymark/../trunk' }),
        /^branch: /,
      ],
      ['a title of two lines', () => ({ title: 'a\nb' }), /^title: /],
      [
        'a file that was not named',
        () => ({ also: 'README.md' }),
        /^files: the folder holds README\.md, which is not among/,
      ],
      [
        'a named file that is not there',
        () => ({ files: ['notes.md', 'others.md'] }),
        /^files: the folder holds no others\.md/,
      ],
      [
        'a path out of the repository',
        () => ({ files: ['../notes.md'] }),
        /^files: "\.\.\/notes\.md" is no path/,
      ],
      [
        "a path into Git's own folder",
        () => ({ files: ['.Git/hooks/pre-push'] }),
        /^files: .* is no path/,
      ],
      [
        'the provenance',
        () => ({ files: ['.waymark/golden-path.yaml'] }),
        /^files: .* is written by golden-path:publish alone/,
      ],
      [
        'a file in the place of a folder',
        () => ({ path: 'docs', files: ['docs'], overwrite: true }),
        /^files: the change would also touch docs\/index\.md/,
      ],
      [
        'a file behind a symbolic link',
        () => ({ path: 'linked/x.md', files: ['linked/x.md'] }),
        /^files: the change would also touch linked/,
      ],
    ])('%s', async (_, values, message) => {
      const { status, error } = await propose('good', values());
      expect(status).toBe('failed');
      expect(error).toMatch(message);
      expect(error).not.toContain(FORGE_PASSWORD);
      const response = await backend.forge('/repos/payments/good/branches');
      expect(await response.json()).toHaveLength(1);
    });
  });

  it('leaves nothing in the working directory', async () => {
    expect(await readdir(join(backend.directory, 'work'))).toEqual([]);
  });

  it('reads the layers of all paths from the repository that is configured', async () => {
    const start = async (name: string) => {
      const id = await backend.start({
        name,
        owner: 'group:default/payments',
        description: 'With layers from elsewhere',
      });
      return backend.end(id);
    };
    const before = await start('too-early');
    expect(before.status).toBe('failed');
    expect(before.error).toContain(
      `layers: there is nothing to read at ${url(
        'layers',
      )}/src/branch/trunk/layers`,
    );

    const folder = await create('layers');
    const publish = async (...names: string[]) => {
      const chosen = Object.entries(templateFiles).flatMap(([path, content]) =>
        names.some(name => path.startsWith(`templates/layers/${name}/`))
          ? [[path.slice('templates/'.length), content]]
          : [],
      );
      await writeTree(folder, Object.fromEntries(chosen));
      await writeTree(folder, {
        'layers/ci/content/ci/test': '#!/bin/sh\necho from elsewhere\n',
      });
      await git(folder, 'add', '-A');
      await git(
        folder,
        'update-index',
        '--chmod=+x',
        'layers/ci/content/ci/test',
      );
      await git(folder, 'commit', '--quiet', '-m', names.join());
      await git(folder, 'push', '--quiet', 'origin', 'trunk');
    };
    await publish('ci');
    expect((await start('still-too-early')).error).toContain(
      `layers: there is no layer 'catalog' in ${url(
        'layers',
      )}/src/branch/trunk/layers, which holds ci`,
    );

    await publish('ci', 'catalog');
    const { error, status } = await start('from-elsewhere');
    expect(error).toBe('');
    expect(status).toBe('completed');
    const generated = join(backend.directory, 'clones/from-elsewhere');
    await git(
      backend.directory,
      'clone',
      '--quiet',
      `${url('from-elsewhere')}.git`,
      generated,
    );
    expect(await git(generated, 'show', 'HEAD:ci/test')).toContain(
      'from elsewhere',
    );
    expect(await git(generated, 'ls-tree', 'HEAD', 'ci/test')).toMatch(
      /^100755/,
    );
  });
});
