import {
  chmod,
  mkdir,
  readdir,
  readFile,
  stat,
  writeFile,
} from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { commit, git, workingCopy } from './__testUtils__/gitClient';
import { startForge, TestForge } from './__testUtils__/startForge';
import { readForgeOptions } from './ForgeOptions';
import { Git } from './git/Git';

describe('Git over HTTP', () => {
  let forge: TestForge;

  beforeAll(async () => {
    forge = await startForge({
      forge: { limits: { maxPushBytes: 2_000_000 } },
    });
  });

  afterAll(async () => {
    await forge.stop();
  });

  beforeEach(() => {
    forge.events.length = 0;
  });

  it('takes a push from the user and lets anybody clone', async () => {
    const url = await forge.createRepository('pushed');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main');
    expect(forge.events).toEqual([
      'repository.created /api/forge/team-a/pushed',
      'repository.updated /api/forge/team-a/pushed',
    ]);
    for (const suffix of ['', '.git']) {
      const copy = join(forge.scratch, `clone${suffix}`);
      const from = `${forge.address}/team-a/pushed${suffix}`;
      await git(forge.scratch, 'clone', '-q', from, copy);
      expect(await readdir(copy)).toContain('a.txt');
    }
    // Nothing changed, so there is nothing to tell
    await git(folder, 'push', '-q', url, 'main');
    expect(forge.events).toHaveLength(2);
  });

  it('publishes one event for several branches pushed at once', async () => {
    const url = await forge.createRepository('atomic');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'branch', 'waymark-template');
    await git(
      folder,
      ...['push', '-q', '--atomic', url, 'waymark-template', 'main'],
    );
    expect(forge.events).toEqual([
      'repository.created /api/forge/team-a/atomic',
      'repository.updated /api/forge/team-a/atomic',
    ]);
    const shown = await forge.request('/api/v1/repos/team-a/atomic');
    expect(await shown.json()).toMatchObject({
      empty: false,
      default_branch: 'main',
    });
  });

  it('refuses anonymous and wrong pushes, and asks for credentials', async () => {
    await forge.createRepository('guarded');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    const url = new URL(`${forge.address}/team-a/guarded.git`);
    await expect(
      git(folder, 'push', '-q', url.toString(), 'main'),
    ).rejects.toThrow(/could not read Username/);
    url.username = 'waymark';
    url.password = 'wrong';
    await expect(
      git(folder, 'push', '-q', url.toString(), 'main'),
    ).rejects.toThrow(/Authentication failed/);
    const direct = await forge.request('/team-a/guarded.git/git-receive-pack', {
      method: 'POST',
      anonymous: true,
    });
    expect(direct.status).toBe(401);
    expect(direct.headers.get('www-authenticate')).toMatch(/^Basic /);
    const shown = await forge.request('/api/v1/repos/team-a/guarded');
    expect(await shown.json()).toMatchObject({ empty: true });
  });

  it('knows no repository but its own, and no other way to read them', async () => {
    for (const path of [
      'team-a/nobody',
      'team-a/..',
      '-x/y',
      'team-a/%2e%2e',
    ]) {
      await expect(
        git(forge.scratch, 'ls-remote', `${forge.address}/${path}.git`),
      ).rejects.toThrow();
    }
    await forge.createRepository('closed');
    const base = '/team-a/closed.git';
    for (const [path, status] of [
      ['/HEAD', 404],
      ['/config', 404],
      ['/forge.json', 404],
      ['/objects/info/packs', 404],
      ['/info/refs', 400],
      ['/info/refs?service=git-upload-archive', 400],
    ] as const) {
      expect((await forge.request(`${base}${path}`)).status).toBe(status);
    }
  });

  it('shows the branch that was pushed first when the expected one never came', async () => {
    const url = await forge.createRepository('other-branch');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main:develop');
    const shown = await forge.request('/api/v1/repos/team-a/other-branch');
    expect(await shown.json()).toMatchObject({ default_branch: 'develop' });
  });

  it('does not delete the default branch, but any other', async () => {
    const url = await forge.createRepository('kept');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main', 'main:other');
    await expect(git(folder, 'push', url, ':main')).rejects.toThrow(
      /refusing to delete the current branch/,
    );
    await git(folder, 'push', '-q', url, ':other');
    const branches = await forge.request('/api/v1/repos/team-a/kept/branches');
    expect(await branches.json()).toHaveLength(1);
  });

  it('takes pushes to different branches at the same time', async () => {
    const url = await forge.createRepository('busy');
    const folders = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        workingCopy(forge.scratch, { [`${at}.txt`]: `${at}` }),
      ),
    );
    await Promise.all(
      folders.map((folder, at) =>
        git(folder, 'push', '-q', url, `main:branch-${at}`),
      ),
    );
    const branches = await forge.request('/api/v1/repos/team-a/busy/branches');
    expect(await branches.json()).toHaveLength(6);
    await git(join(forge.directory, 'team-a', 'busy.git'), 'fsck', '--strict');
  });

  it('lets exactly one of several pushes to one branch win', async () => {
    const url = await forge.createRepository('contested');
    const first = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(first, 'push', '-q', url, 'main');
    const heads = await Promise.all(
      Array.from({ length: 5 }, async (_, at) => {
        const folder = join(forge.scratch, `contested-${at}`);
        await git(forge.scratch, 'clone', '-q', url, folder);
        const id = await commit(folder, `Change ${at}`, { 'a.txt': `${at}` });
        return { folder, id };
      }),
    );
    const results = await Promise.allSettled(
      heads.map(({ folder }) => git(folder, 'push', '-q', 'origin', 'main')),
    );
    const won = results.flatMap(({ status }, at) =>
      status === 'fulfilled' ? [heads[at].id] : [],
    );
    expect(won).toHaveLength(1);
    const branch = await forge.request(
      '/api/v1/repos/team-a/contested/branches/main',
    );
    expect(await branch.json()).toMatchObject({ commit: { id: won[0] } });
  });

  it('refuses a push that is too large and changes nothing', async () => {
    const url = await forge.createRepository('large');
    const folder = await workingCopy(forge.scratch, {
      'large.bin': randomBytes(2_500_000),
    });
    // Without a length in advance, then with one
    await expect(git(folder, 'push', '-q', url, 'main')).rejects.toThrow(/413/);
    await expect(
      git(
        folder,
        ...['-c', 'http.postBuffer=5000000', 'push', '-q', url, 'main'],
      ),
    ).rejects.toThrow(/413/);
    const shown = await forge.request('/api/v1/repos/team-a/large');
    expect(await shown.json()).toMatchObject({ empty: true });
    expect(forge.events).toEqual([
      'repository.created /api/forge/team-a/large',
    ]);
  });

  it('reads compressed requests', async () => {
    const url = await forge.createRepository('compressed');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main');
    const response = await forge.request(
      '/team-a/compressed.git/git-upload-pack',
      {
        method: 'POST',
        anonymous: true,
        headers: {
          'content-type': 'application/x-git-upload-pack-request',
          'content-encoding': 'gzip',
          'git-protocol': 'version=2',
        },
        body: gzipSync('0014command=ls-refs\n0000'),
      },
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('refs/heads/main');
  });

  it('refuses a request that is small only as long as it is compressed', async () => {
    await forge.createRepository('bomb');
    const send = (body: Buffer) =>
      forge.request('/team-a/bomb.git/git-upload-pack', {
        method: 'POST',
        anonymous: true,
        headers: {
          'content-type': 'application/x-git-upload-pack-request',
          'content-encoding': 'gzip',
          'git-protocol': 'version=2',
        },
        body,
      });
    const have = `0032have ${'1'.repeat(40)}\n`;
    const bomb = gzipSync(`0012command=fetch0001${have.repeat(200_000)}0000`);
    expect(bomb.length).toBeLessThan(50_000);
    const refused = await send(bomb);
    expect([refused.status, await refused.text()]).toEqual([
      413,
      expect.stringContaining('forge.limits.maxPushBytes'),
    ]);
    expect((await send(Buffer.from('no gzip at all'))).status).toBe(400);
  });

  it('serves the user while others keep all their connections open', async () => {
    const url = await forge.createRepository('crowded');
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    const { hostname, port, pathname } = new URL(url);
    const crowd = Array.from({ length: 40 }, () => {
      const request = httpRequest({
        agent: false,
        hostname,
        port,
        method: 'POST',
        path: `${pathname}/git-upload-pack`,
        headers: {
          'content-type': 'application/x-git-upload-pack-request',
          'content-length': '1000',
        },
      });
      request.on('error', () => {});
      request.write('0');
      return request;
    });
    await git(folder, 'push', '-q', url, 'main');
    let listed = false;
    const list = git(
      folder,
      'ls-remote',
      `${forge.address}/team-a/crowded`,
    ).then(output => {
      listed = true;
      return output;
    });
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect(listed).toBe(false);
    crowd.forEach(request => request.destroy());
    expect(await list).toContain('refs/heads/main');
  });

  it('leaves nothing of a repository that is deleted during a push', async () => {
    const url = new URL(await forge.createRepository('volatile'));
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'repack', '-adq');
    const packs = join(folder, '.git', 'objects', 'pack');
    const name = (await readdir(packs)).find(file => file.endsWith('.pack'))!;
    const pack = await readFile(join(packs, name));
    const id = await git(folder, 'rev-parse', 'HEAD');
    const command = `${'0'.repeat(40)} ${id} refs/heads/main\0report-status`;
    const length = (command.length + 4).toString(16).padStart(4, '0');

    const status = new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({
        hostname: url.hostname,
        port: url.port,
        method: 'POST',
        path: `${url.pathname}/git-receive-pack`,
        headers: {
          authorization: forge.authorization,
          'content-type': 'application/x-git-receive-pack-request',
        },
      });
      request.on('error', reject);
      request.on('response', response => {
        response.on('error', () => resolve(response.statusCode));
        response.on('close', () => resolve(response.statusCode));
        response.resume();
      });
      request.write(`${length}${command}0000`);
      request.write(pack.subarray(0, -1));
      setTimeout(async () => {
        await forge.request('/api/v1/repos/team-a/volatile', {
          method: 'DELETE',
        });
        request.end(pack.subarray(-1));
      }, 1000);
    });
    await status;
    expect(await readdir(join(forge.directory, 'team-a'))).not.toContain(
      'volatile.git',
    );
    expect(forge.events.at(-1)).toBe(
      'repository.deleted /api/forge/team-a/volatile',
    );
  });

  /** Whether this process has a `git http-backend` under way. */
  async function isGitServing(): Promise<boolean> {
    const { stdout } = await promisify(execFile)('ps', [
      '-A',
      '-o',
      'ppid=,args=',
    ]);
    return stdout
      .split('\n')
      .some(
        line =>
          line.trim().startsWith(`${process.pid} `) &&
          line.includes('http-backend'),
      );
  }

  it('survives clients that go away in the middle', async () => {
    const url = await forge.createRepository('left');
    const { hostname, port, pathname } = new URL(url);
    await new Promise<void>(resolve => {
      const request = httpRequest({
        hostname,
        port,
        method: 'POST',
        path: `${pathname}/git-receive-pack`,
        headers: {
          authorization: forge.authorization,
          'content-type': 'application/x-git-receive-pack-request',
          'content-length': '1000000',
        },
      });
      request.on('error', () => resolve());
      request.write('00a0');
      setTimeout(() => request.destroy(), 100);
    });

    // Git would otherwise wait for the rest for ever, with a core to itself
    const deadline = Date.now() + 10_000;
    while (await isGitServing()) {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise(resolve => setTimeout(resolve, 50));
    }

    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main');
    const shown = await forge.request('/api/v1/repos/team-a/left');
    expect(await shown.json()).toMatchObject({ empty: false });
  });

  it('runs no hooks of a repository', async () => {
    const url = await forge.createRepository('hooked');
    const hooks = join(forge.directory, 'team-a', 'hooked.git', 'hooks');
    const trace = join(forge.scratch, 'hook-ran');
    await mkdir(hooks, { recursive: true });
    for (const hook of ['pre-receive', 'update', 'post-receive']) {
      await writeFile(join(hooks, hook), `#!/bin/sh\nenv > ${trace}\n`);
      await chmod(join(hooks, hook), 0o755);
    }
    const folder = await workingCopy(forge.scratch, { 'a.txt': 'a' });
    await git(folder, 'push', '-q', url, 'main');
    await expect(stat(trace)).rejects.toThrow(/ENOENT/);
  });

  it('hands nothing of the portal’s environment to Git', async () => {
    process.env.FORGE_TEST_SECRET = 'do not tell';
    const limits = readForgeOptions(
      mockServices.rootConfig({
        data: { forge: { directory: '/tmp', password: 'x' } },
      }),
    ).limits;
    const environment = await Git.create({ limits }).text({
      args: ['-c', 'alias.environment=!env', 'environment'],
    });
    delete process.env.FORGE_TEST_SECRET;
    expect(environment).toContain('GIT_TERMINAL_PROMPT=0');
    expect(environment).not.toContain('do not tell');
    const own = environment
      .split('\n')
      .map(line => line.split('=')[0])
      .filter(
        name => !/^(GIT_|LC_ALL|PATH|HOME|TZ|PWD|OLDPWD|SHLVL|_$)/.test(name),
      );
    expect(own).toEqual([]);
  });
});
