import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commit, git, workingCopy } from './__testUtils__/gitClient';
import { startForge, TestForge } from './__testUtils__/startForge';

const NASTY = '<img src=x onerror=alert(1)>';

describe('the pages', () => {
  let forge: TestForge;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    forge = await startForge({ forge: { limits: { maxDiffBytes: 20_000 } } });
    url = await forge.createRepository('shown');
    folder = await workingCopy(forge.scratch, {
      'README.md': [
        `# Shown ${NASTY}`,
        '[design](docs/design.md#why) [bad](javascript:alert(1)) [top](#shown)',
        '![logo](docs/logo.png)',
      ].join('\n\n'),
      'docs/design.md': '# Design',
      'docs/logo.png': Buffer.from('89504e470d0a1a0a', 'hex'),
      'src/page.html': `<script>alert(1)</script>\n`,
      'src/data.bin': Buffer.from([0, 1, 2]),
      [`src/${NASTY}.txt`]: 'nasty name',
      'text.txt': 'one\ntwo\nthree\n',
    });
    await git(folder, 'push', '-q', url, 'main');
  });

  afterAll(async () => {
    await forge.stop();
  });

  async function page(path: string, status = 200): Promise<string> {
    const response = await forge.request(path, { anonymous: true });
    expect([path, response.status]).toEqual([path, status]);
    expect(response.headers.get('content-type')).toBe(
      'text/html; charset=utf-8',
    );
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox ');
    expect(policy).not.toContain('script');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await response.text();
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('href="http://portal.example"');
    expect(text).toContain('Portal &amp; Co</title>');
    expect(text).not.toContain('<script');
    expect(text).not.toContain(NASTY);
    return text;
  }

  it('lead from the organisations to a file', async () => {
    expect(await page('/')).toContain('href="/api/forge/team-a/shown"');
    expect(await page('/team-a')).toContain('Team &lt;A&gt;');
    expect(await page('/extra')).toContain('No repositories yet');

    const repository = await page('/team-a/shown');
    expect(repository).toContain(`${forge.address}/team-a/shown.git`);
    expect(repository).toContain('First commit');
    const docs = '/api/forge/team-a/shown/src/branch/main/docs';
    expect(repository).toContain(`href="${docs}"`);
    // The README's own links, put right
    expect(repository).toContain(`href="${docs}/design.md#doc-why"`);
    expect(repository).toContain('href="#doc-shown"');
    expect(repository).toContain(
      'src="/api/forge/team-a/shown/raw/branch/main/docs/logo.png"',
    );
    expect(repository).not.toContain('href="javascript');

    const file = await page('/team-a/shown/src/branch/main/text.txt');
    expect(file).toContain('id="L3">three</span>');
    expect(await page('/team-a/shown/src/branch/main/src')).toContain(
      '&lt;img src=x onerror=alert(1)&gt;.txt',
    );
    expect(await page('/team-a/shown/src/branch/main/src/data.bin')).toContain(
      'is not text',
    );
    expect(
      await page('/team-a/shown/src/branch/main/docs/design.md?plain=1'),
    ).toContain('# Design</span>');
    expect(await page('/team-a/shown/src/branch/main/src/page.html')).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });

  it('give raw files that no browser runs', async () => {
    const raw = async (path: string) => {
      const response = await forge.request(
        `/team-a/shown/raw/branch/main/${path}`,
        { anonymous: true },
      );
      expect(response.status).toBe(200);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none';.* sandbox$/,
      );
      return response.headers.get('content-type');
    };
    expect(await raw('src/page.html')).toBe('text/plain; charset=utf-8');
    expect(await raw('src/data.bin')).toBe('application/octet-stream');
    expect(await raw('docs/logo.png')).toBe('image/png');
  });

  it('show history and branches', async () => {
    const first = await git(folder, 'rev-parse', 'HEAD');
    await git(folder, 'switch', '-q', '-c', 'topic/history');
    await commit(folder, `Second ${NASTY}`, { 'text.txt': 'one\n2\nthree\n' });
    await git(folder, 'push', '-q', url, 'topic/history');
    await git(folder, 'switch', '-q', 'main');

    const branches = await page('/team-a/shown/branches');
    expect(branches).toContain('1 commit ahead, 0 commits behind');
    expect(branches).toContain('/compare/main...topic%2Fhistory');
    // A branch with a slash, as it is and encoded
    for (const name of ['topic/history', 'topic%2Fhistory']) {
      const commits = await page(`/team-a/shown/commits/branch/${name}`);
      expect(commits).toContain('Second &lt;img');
      const file = await page(`/team-a/shown/src/branch/${name}/text.txt`);
      expect(file).toContain('id="L2">2</span>');
    }
    const initial = await page(`/team-a/shown/commit/${first}`);
    expect(initial).toContain('This is the first commit');
    expect(initial).toContain('>+three</span>');
  });

  it('show a commit under its id, whatever a branch is called', async () => {
    const first = await git(folder, 'rev-parse', 'HEAD');
    await git(folder, 'switch', '-q', '-c', 'disguised');
    const other = await commit(folder, 'Disguised', { 'text.txt': 'bad\n' });
    await git(folder, 'push', '-q', url, `${other}:refs/heads/${first}`);
    await git(folder, 'switch', '-q', 'main');
    expect(await page(`/team-a/shown/commit/${first}`)).toContain(
      '<h1>First commit',
    );
    const answer = await forge.request(
      `/api/v1/repos/team-a/shown/git/commits/${first}`,
    );
    expect((await answer.json()).sha).toBe(first);
    await git(folder, 'push', '-q', url, `:refs/heads/${first}`);
  });

  it('are there at once, whatever was pushed', async () => {
    const target = await forge.createRepository('hostile');
    const files: Record<string, string> = {
      'README.md': 'See https://example.com/start for more.',
      'word.md': 'http://a.b/(((('.repeat(20_000),
    };
    const copy = await workingCopy(forge.scratch, files);
    const blob = await git(copy, 'rev-parse', 'HEAD:README.md');
    const entries = Array.from(
      { length: 10_001 },
      (_, at) => `100644 blob ${blob}\tf${at}`,
    );
    await writeFile(join(copy, 'entries'), `${entries.join('\n')}\n`);
    const tree = await git(
      copy,
      ...['-c', 'alias.x=!git mktree < entries', 'x'],
    );
    const id = await git(copy, 'commit-tree', tree, '-m', 'Many');
    await git(copy, 'push', '-q', target, 'main', `${id}:refs/heads/many`);

    expect(await page('/team-a/hostile')).toContain(
      '<a href="https://example.com/start"',
    );
    const before = Date.now();
    await page('/team-a/hostile/src/branch/main/word.md');
    expect(Date.now() - before).toBeLessThan(10_000);
    const many = await page('/team-a/hostile/src/branch/many', 413);
    expect(many).toContain('holds 10001 files and folders');
    const listed = await forge.request(
      '/api/v1/repos/team-a/hostile/contents?ref=many',
    );
    expect(listed.status).toBe(413);
  });

  it('say what to do where there is nothing', async () => {
    await forge.createRepository('empty');
    const empty = await page('/team-a/empty');
    expect(empty).toContain('Nothing was pushed');
    expect(empty).toContain(
      `git remote add origin ${forge.address}/team-a/empty.git`,
    );
    await page('/team-a/empty/branches');
    await page('/nobody', 404);
    await page('/team-a/nothing', 404);
    await page('/team-a/shown/src/branch/nothing', 404);
    await page('/team-a/shown/src/branch/main/nothing', 404);
    await page('/team-a/shown/src/branch/--all', 400);
    await page('/team-a/shown/compare/main', 400);
    await page('/team-a/shown/settings', 404);
    await page('/%zz', 400);
    for (const [from, to] of [
      ['/team-a/shown.git', '/team-a/shown'],
      ['/team-a/shown/_edit/main/a.md', '/team-a/shown/src/branch/main/a.md'],
    ]) {
      const response = await forge.request(from);
      expect(response.headers.get('location')).toBe(`/api/forge${to}`);
    }
  });

  describe('of a comparison', () => {
    const own = () => ({
      origin: forge.origin,
      'sec-fetch-site': 'same-origin',
    });

    async function branch(name: string, files: Record<string, string>) {
      await git(folder, 'switch', '-q', '-c', name, 'main');
      const id = await commit(folder, `Change for ${name}`, files);
      await git(folder, 'push', '-q', url, name);
      await git(folder, 'switch', '-q', 'main');
      return id;
    }

    function merge(
      name: string,
      form: Record<string, string>,
      init: { anonymous?: boolean; headers?: Record<string, string> } = {},
    ) {
      return forge.request(`/team-a/shown/compare/main...${name}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: own(),
        ...init,
      });
    }

    const mainHead = async () => {
      const response = await forge.request(
        '/api/v1/repos/team-a/shown/git/commits/main',
      );
      return response.json();
    };

    it('shows what differs and merges it, for the forge’s user alone', async () => {
      const before = await mainHead();
      const head = await branch('clean', {
        'text.txt': 'one\ntwo\nthree\nfour\n',
        'new.txt': 'new\n',
      });
      const text = await page('/team-a/shown/compare/main...clean');
      expect(text).toContain('2 files changed');
      expect(text).toContain('>+four</span>');
      expect(text).toContain('clean can be merged into main');
      expect(text).toContain('You will be asked for the forge user');
      const form = { base_commit: before.sha, head_commit: head };

      const anonymous = await merge('clean', form, {
        anonymous: true,
        headers: own(),
      });
      expect(anonymous.status).toBe(401);
      expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic/);
      const foreign: Record<string, string>[] = [
        { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
        { origin: 'null', 'sec-fetch-site': 'same-origin' },
        { origin: 'http://evil.example' },
        {},
      ];
      for (const headers of foreign) {
        expect((await merge('clean', form, { headers })).status).toBe(403);
      }
      expect(await mainHead()).toEqual(before);

      forge.events.length = 0;
      const merged = await merge('clean', form);
      expect(merged.status).toBe(303);
      expect(forge.events).toEqual([
        'repository.updated /api/forge/team-a/shown',
      ]);
      const after = await mainHead();
      expect(after.parents.map(({ sha }: { sha: string }) => sha)).toEqual([
        before.sha,
        head,
      ]);
      expect(after.commit.author.name).toBe('waymark');
      const done = (merged.headers.get('location') ?? '').replace(
        '/api/forge',
        '',
      );
      expect(await page(done)).toContain('clean was merged into main');
      expect(await page('/team-a/shown/compare/main...clean')).toContain(
        'There is nothing to merge',
      );
    });

    it('names the files in conflict and says what to do', async () => {
      await git(folder, 'pull', '-q', url, 'main');
      const head = await branch('conflicting', { 'text.txt': 'theirs\n' });
      await commit(folder, 'Ours', { 'text.txt': 'ours\n' });
      await git(folder, 'push', '-q', url, 'main');
      const repository = join(forge.directory, 'team-a', 'shown.git');
      const objects = await git(repository, 'count-objects');
      const text = await page('/team-a/shown/compare/main...conflicting');
      expect(text).toContain('cannot be merged into main as it is');
      expect(text).toContain('<code>text.txt</code>');
      expect(text).toContain('CONFLICT (content): Merge conflict in text.txt');
      expect(text).toContain('>&lt;&lt;&lt;&lt;&lt;&lt;&lt; main</span>');
      expect(text).toContain('<span class="l removed" >ours</span>');
      expect(text).toContain('<span class="l added" >theirs</span>');
      expect(text).toContain('&gt;&gt;&gt;&gt;&gt;&gt;&gt; conflicting');
      expect(text).toContain('git merge origin/main');
      expect(text).not.toContain('<button');
      // Looking leaves nothing behind
      expect(await git(repository, 'count-objects')).toBe(objects);

      // To be copied into a shell
      const odd = `x;touch$IFS'y'`;
      await git(folder, 'push', '-q', url, `conflicting:refs/heads/${odd}`);
      expect(
        await page(`/team-a/shown/compare/main...${encodeURIComponent(odd)}`),
      ).toContain(
        'git switch &#39;x;touch$IFS&#39;\\&#39;&#39;y&#39;\\&#39;&#39;&#39;\n',
      );

      const { sha } = await mainHead();
      const refused = await merge('conflicting', {
        base_commit: sha,
        head_commit: head,
      });
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain('text.txt');
      expect((await mainHead()).sha).toBe(sha);
    });

    it('merges only what the reader has seen', async () => {
      const seen = await branch('moving', { 'moving.txt': '1' });
      await git(folder, 'switch', '-q', 'moving');
      await commit(folder, 'Moved on', { 'moving.txt': '2' });
      await git(folder, 'push', '-q', url, 'moving');
      await git(folder, 'switch', '-q', 'main');
      const before = await mainHead();
      const refused = await merge('moving', {
        base_commit: before.sha,
        head_commit: seen,
      });
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain('has changed since');
      expect(await mainHead()).toEqual(before);
    });

    it('stays readable when the difference is huge, renamed or unrelated', async () => {
      await git(folder, 'switch', '-q', '-c', 'huge', 'main');
      await git(folder, 'mv', 'docs/design.md', 'docs/architecture.md');
      await commit(folder, 'Huge', { 'z.txt': 'line\n'.repeat(20_000) });
      await git(folder, 'push', '-q', url, 'huge');
      const huge = await page('/team-a/shown/compare/main...huge');
      expect(huge).toContain('docs/design.md → docs/architecture.md');
      expect(huge).toContain('The rest of the difference is not shown');
      expect(huge.length).toBeLessThan(400_000);

      await git(folder, 'switch', '-q', '--orphan', 'alone');
      await rm(join(folder, 'z.txt'), { force: true });
      await commit(folder, 'Alone', { 'alone.txt': '1' });
      await git(folder, 'push', '-q', url, 'alone');
      expect(await page('/team-a/shown/compare/main...alone')).toContain(
        'have no commit in common',
      );
    });
  });
});
