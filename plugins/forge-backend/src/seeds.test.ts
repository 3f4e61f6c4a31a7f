import { withCredentials } from '@waymark/backend-test-support';
import { execFile } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { commit, git, workingCopy } from './__testUtils__/gitClient';
import { startForge, TestForge } from './__testUtils__/startForge';

const exec = promisify(execFile);

describe('Repositories that come with the portal', () => {
  let scratch: string;
  let directory: string;
  let seeds: string;
  let forge: TestForge | undefined;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'forge-seeds-'));
    directory = join(scratch, 'repositories');
    seeds = join(scratch, 'seeds');
    await seed('team-a/tracker', 'Knows where the trains are');
  });

  afterEach(async () => {
    await stop();
    await rm(scratch, { recursive: true, force: true });
  });

  /** Writes a seed, as anybody does it with Git. */
  async function seed(name: string, description?: string) {
    const copy = await workingCopy(scratch, { 'README.md': `# ${name}\n` });
    await commit(copy, 'Grüße aus dem Tal\n\nSaid by Åse.', {
      'README.md': `# ${name}\n\nHello\n`,
      'src/empty.txt': '',
    });
    const file = join(seeds, `${name}.mbox`);
    await mkdir(dirname(file), { recursive: true });
    const args = ['format-patch', '--root', '--stdout', '--cover-letter'];
    const { stdout } = await exec('git', args, { cwd: copy });
    await writeFile(file, stdout);
    if (description) {
      await writeFile(join(seeds, `${name}.txt`), `${description}\n`);
    }
  }

  async function start(on = true): Promise<TestForge> {
    await stop();
    forge = await startForge({
      forge: { directory, ...(on && { seeds: [{ path: seeds }] }) },
    });
    return forge;
  }

  async function stop() {
    await forge?.stop();
    forge = undefined;
  }

  async function names(): Promise<string[]> {
    const response = await forge!.request('/api/v1/repos/search');
    const { data } = await response.json();
    return data.map(
      (repository: { full_name: string }) => repository.full_name,
    );
  }

  async function remove(name: string) {
    const init = { method: 'DELETE' };
    const { status } = await forge!.request(`/api/v1/repos/${name}`, init);
    expect(status).toBe(204);
  }

  async function push(name: string) {
    const url = withCredentials(
      `${forge!.address}/${name}.git`,
      forge!.password,
    );
    const copy = await mkdtemp(join(scratch, 'clone-'));
    await git(scratch, 'clone', '-q', url, copy);
    await commit(copy, 'Mine', { 'mine.txt': 'mine' });
    await git(copy, 'push', '-q', url, 'main');
  }

  const history = () =>
    git(
      join(directory, 'team-a', 'tracker.git'),
      'log',
      '--format=%H %an %ad %s %b',
    );

  it('are there at the first start, with their history', async () => {
    await start();
    const response = await forge!.request('/api/v1/repos/team-a/tracker');
    expect(await response.json()).toMatchObject({
      description: 'Knows where the trains are',
      default_branch: 'main',
      empty: false,
    });
    const path = '/api/v1/repos/team-a/tracker/contents/README.md?ref=main';
    const { content } = await (await forge!.request(path)).json();
    expect(Buffer.from(content, 'base64').toString()).toContain('Hello');
    const first = await history();
    expect(first.split('\n').filter(Boolean)).toHaveLength(2);
    expect(first).toContain('Grüße aus dem Tal Said by Åse.');

    const repository = join(directory, 'team-a', 'tracker.git');
    await git(repository, 'fsck', '--strict');
    expect(await readdir(repository)).toEqual(
      expect.not.arrayContaining(['index', 'seed', 'rebase-apply']),
    );
    // Anywhere else the commits are the same
    await stop();
    directory = join(scratch, 'elsewhere');
    await start();
    expect(await history()).toBe(first);
  });

  it('are made once: neither doubled nor brought back after they were deleted', async () => {
    await seed('team-a/planner');
    await start();
    await push('team-a/tracker');
    const pushed = await history();
    await remove('team-a/planner');

    await start();
    expect(await names()).toEqual(['team-a/tracker']);
    expect(await history()).toBe(pushed);
    // Not even by leaving and coming back
    await start(false);
    await start();
    expect(await names()).toEqual(['team-a/tracker']);
  });

  it('leave together with their seeds, unless they were changed', async () => {
    await seed('team-a/planner');
    await seed('team-a/shop');
    await start();
    await forge!.createRepository('own');
    await push('team-a/planner');
    await forge!.request('/api/v1/repos/team-a/shop/actions/secrets/TOKEN', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: 'secret' }),
    });

    await start(false);
    expect(await names()).toEqual([
      'team-a/own',
      'team-a/planner',
      'team-a/shop',
    ]);
    const gone = ['repository.deleted /api/forge/team-a/tracker'];
    expect(forge!.events).toEqual(gone);
    // Whoever listens may have missed it
    await start(false);
    expect(forge!.events).toEqual(gone);

    await start();
    expect(await names()).toContain('team-a/tracker');
    expect(forge!.events).toEqual([]);
    const record = await readFile(join(directory, '.seeds.json'), 'utf8');
    expect(Object.values(JSON.parse(record).repositories)).toEqual([
      'created',
      'created',
      'created',
    ]);
  });

  it('are taken up where a crash left them', async () => {
    await start();
    const before = await history();
    // After the repository, before the record
    await rm(join(directory, '.seeds.json'));
    await start();
    expect(await history()).toBe(before);
    // While leaving, after the record, before the repository
    await stop();
    const record = join(directory, '.seeds.json');
    const left = { repositories: { 'team-a/tracker': 'left' } };
    await writeFile(record, JSON.stringify(left));
    await start(false);
    expect(await names()).toEqual([]);
  });

  it('do not touch what somebody has under the same name', async () => {
    await start(false);
    await forge!.createRepository('tracker');
    await start();
    const response = await forge!.request('/api/v1/repos/team-a/tracker');
    expect(await response.json()).toMatchObject({ empty: true });
    await start(false);
    expect(await names()).toEqual(['team-a/tracker']);
  });

  it('may be broken without harm to the others', async () => {
    await seed('team-a/broken');
    const file = join(seeds, 'team-a/broken.mbox');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('\n # team-a/broken', '\n # other'));
    const empty = join(seeds, 'team-a/empty.mbox');
    await writeFile(empty, '');
    await start();
    expect(await names()).toEqual(['team-a/tracker']);
    expect(await readdir(join(directory, '.forge'))).toEqual([]);
    expect(forge!.errors.sort()).toEqual([
      expect.stringMatching(
        `^${file} could not be made .*: mail 3 cannot be applied, error: .*README.md`,
      ),
      expect.stringMatching(`^${empty} could not be made .*`),
    ]);
    // Put right, it is made at the next start
    await writeFile(file, text);
    await rm(empty);
    await start();
    expect(await names()).toEqual(['team-a/broken', 'team-a/tracker']);
  });

  it('stay while their folder cannot be read', async () => {
    await start();
    await rename(seeds, `${seeds}.away`);
    await start();
    expect(await names()).toEqual(['team-a/tracker']);
    expect(forge!.events).toEqual([]);
    expect(forge!.errors).toEqual([
      expect.stringContaining(`The seeds in ${seeds} cannot be read`),
    ]);
  });
});
