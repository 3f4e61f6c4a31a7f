import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { git, writeTree } from '@waymark/backend-test-support';
// What it makes of upgraded repositories is the matter here, too; no part of this
// module is in it
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import goldenPaths from '@waymark/plugin-golden-paths-backend';
import { Fault } from './__testUtils__/FaultyProxy';
import {
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';
import {
  laterVersion,
  nextVersion,
  upgradablePath,
  versionWithQuestion,
} from './__testUtils__/upgradableTemplate';
import { upgrading } from './__testUtils__/upgrading';
import { UpgradeStatus } from '@waymark/plugin-golden-paths-common';

jest.setTimeout(180_000);

const WITHOUT_EXTRA = { part: 'extra', reason: 'Nobody here needs any of it' };

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
// An upgrade on GitHub is kept in the other one
const oneOfThem = databases.eachSupportedId().slice(-1);

/** Of a service that is behind. */
function versionsOf(status: JsonObject) {
  const { current, available } = status as unknown as UpgradeStatus;
  if (!current || !available) {
    throw new Error(`No two versions in ${JSON.stringify(status)}`);
  }
  return { current, available };
}

describe.each(oneOfThem)('upgrades on %s', id => {
  let backend: GoldenPathBackend;
  let portal: ReturnType<typeof upgrading>;
  beforeAll(async () => {
    backend = await startGoldenPathBackend({
      on: { databases, id },
      files: upgradablePath,
      features: [goldenPaths],
    });
    portal = upgrading(backend);
    await backend.until('the path is there', async () => {
      const entities = await Promise.all(
        ['steady', 'upgrade-golden-path'].map(name =>
          backend.entity(`template:default/${name}`),
        ),
      );
      return entities.every(Boolean);
    });
    for (const name of ['calm', 'clashing', 'untouched', 'asked', 'cut']) {
      await portal.make(name, {
        unused: 'gone later',
        ...(name === 'asked' && { leftOut: [WITHOUT_EXTRA] }),
      });
    }
  });
  afterAll(async () => {
    await backend?.stop();
  });
  beforeEach(() => {
    if (backend.proxy.pendingFaults > 0) {
      throw new Error('The test before did not meet its fault');
    }
  });

  const read = (folder: string, path: string) =>
    readFile(join(folder, path), 'utf8');
  const edit = async (
    folder: string,
    path: string,
    from: string,
    to: string,
  ) => {
    const text = await read(folder, path);
    expect(text).toContain(from);
    await writeTree(folder, { [path]: text.replace(from, to) });
  };

  /** Waits until the repository was looked at after a moment. */
  const verified = (name: string, version: string, since: Date) =>
    backend.until(`${name} is verified`, async () => {
      const standing = await portal.standing(name);
      return (
        standing?.version === version &&
        standing.verified &&
        new Date(standing.checkedAt) >= since
      );
    });

  it('tells what there is, and proposes it with what the owners have', async () => {
    expect(await portal.status('calm')).toMatchObject({
      state: 'current',
      template: { ref: 'template:default/steady', title: 'Steady service' },
      current: { pathVersion: '1.0.0', renderedAt: expect.any(String) },
      layers: [],
      mayPropose: true,
    });
    const folder = await portal.clone('calm');
    await edit(folder, 'settings.txt', 'last', 'LAST, OURS');
    await edit(folder, 'owned/main.txt', 'Yours', 'Ours');
    await rename(join(folder, 'ci/build'), join(folder, 'ci/compile'));
    await rm(join(folder, 'deleted.txt'));
    await writeTree(folder, { 'own/new.txt': 'Ours alone\n' });
    await edit(
      folder,
      '.waymark/golden-path.yaml',
      'files:',
      'deviations:\n  - { path: ci/crlf.txt, reason: Not ours }\nfiles:',
    );
    await portal.commit(folder);

    const status = await portal.release(nextVersion, 'calm');
    expect(status).toMatchObject({
      state: 'behind',
      current: { pathVersion: '1.0.0' },
      available: { pathVersion: '1.10.0' },
      layers: [
        {
          name: 'shared',
          from: '1.0.0',
          to: '1.2.0',
          changes: [
            { version: '1.2.0', text: 'Builds twice' },
            { version: '1.1.0', text: 'Builds once' },
          ],
        },
      ],
      changes: [{ version: '1.10.0', text: 'Settings begin anew' }],
    });
    expect(status.problem).toBeUndefined();

    const before = await portal.heads('calm');
    const { body: preview } = await portal.preview('calm');
    expect(preview.counts).toMatchObject({ conflicts: 0, added: 2 });
    const file = (path: string) =>
      preview.files.find((candidate: any) => candidate.path === path);
    expect(file('settings.txt')).toMatchObject({
      policy: 'merge',
      change: 'changed',
      yours: 'changed',
      conflict: false,
      diff: expect.stringContaining('-first\n+FIRST'),
    });
    expect(file('ci/build')).toMatchObject({
      policy: 'managed',
      yours: 'renamed',
      yourPath: 'ci/compile',
    });
    expect(file('owned/main.txt')).toMatchObject({
      policy: 'once',
      change: 'kept',
      yours: 'changed',
    });
    expect(file('owned/fresh.txt')).toMatchObject({ change: 'added' });
    expect(file('left.txt')).toMatchObject({
      change: 'removed',
      yours: 'unchanged',
    });
    expect(await portal.heads('calm')).toEqual(before);

    const asked = new Date();
    const { status: ended, error, output } = await portal.upgrade('calm');
    expect([ended, error]).toEqual(['completed', '']);
    expect(output.conflicts).toEqual([]);
    expect(output.changeUrl).toBe(
      `${portal.repository('calm')}/compare/main...${encodeURIComponent(
        output.branch,
      )}`,
    );
    expect(await portal.status('calm')).toMatchObject({
      state: 'proposed',
      proposal: { branch: output.branch, url: output.changeUrl },
    });
    const proposed = await portal.heads('calm');
    const { current, available } = versionsOf(status);
    await verified('calm', current.version, asked);
    expect(proposed.main).toBe(before.main);
    // The same again is the same
    const again = await portal.ask('calm');
    expect(again).toMatchObject({
      status: 200,
      body: { proposal: { url: output.changeUrl } },
    });
    const other = await backend.start(
      { component: 'component:default/calm' },
      undefined,
      'template:default/upgrade-golden-path',
    );
    expect((await backend.end(other)).output).toEqual(
      expect.objectContaining({ changeUrl: output.changeUrl }),
    );
    expect(await portal.heads('calm')).toEqual(proposed);

    expect(await portal.merge('calm', output.branch)).toBe(303);
    const merged = await portal.clone('calm');
    expect(await read(merged, 'settings.txt')).toMatch(
      /^FIRST\n[^]*LAST, OURS\n$/,
    );
    expect(await read(merged, 'ci/compile')).toMatch(/^#!\/bin\/sh\nFIRST\n/);
    expect(await read(merged, 'owned/main.txt')).toContain('Ours from');
    expect(await read(merged, 'owned/fresh.txt')).toBe('New, and yours\n');
    expect(await read(merged, 'own/new.txt')).toBe('Ours alone\n');
    expect(await read(merged, 'ci/crlf.txt')).toBe('one\r\ntwo\r\n');
    expect(await git(merged, 'ls-files', 'ci', 'owned', 'added', '*.txt')).toBe(
      [
        'added/by-path.txt',
        'ci/compile',
        'ci/crlf.txt',
        'extra/more.txt',
        'own/new.txt',
        'owned/dropped.txt',
        'owned/fresh.txt',
        'owned/logo.png',
        'owned/main.txt',
        'settings.txt',
        'size.txt',
        'unwanted.txt',
        '',
      ].join('\n'),
    );
    const provenance = await read(merged, '.waymark/golden-path.yaml');
    expect(provenance).toContain('path: ci/crlf.txt, reason: Not ours');
    expect(provenance).toContain('pathVersion: 1.10.0');
    expect(provenance).not.toContain('gone later');
    expect(await git(merged, 'log', '-1', '--format=%P')).toMatch(/ /);
    expect((await portal.status('calm')).state).toBe('current');
    expect((await portal.ask('calm')).status).toBe(409);
    await verified('calm', available.version, new Date(0));
    const [made, { commit }] = await portal.generated('calm');
    expect(made).toMatchObject({
      templateRef: 'template:default/steady',
      version: expect.not.stringMatching(available.version),
    });
    expect(provenance).toContain(`commit: ${commit}`);
    expect(proposed['waymark-template']).toBe(commit);
  });

  it('leaves to the owners what both sides changed', async () => {
    const folder = await portal.clone('clashing');
    await edit(folder, 'settings.txt', 'first', 'mine');
    await edit(folder, 'left.txt', 'left', 'mine');
    await rm(join(folder, 'unwanted.txt'));
    await portal.commit(folder);
    const { body: preview } = await portal.preview('clashing');
    const conflicting = preview.files.filter(({ conflict }: any) => conflict);
    expect(
      conflicting.map(({ path, change, yours }: any) => [path, change, yours]),
    ).toEqual([
      ['left.txt', 'removed', 'changed'],
      ['settings.txt', 'changed', 'changed'],
      ['unwanted.txt', 'changed', 'deleted'],
    ]);
    expect(conflicting[1]).toMatchObject({
      conflictText: expect.stringMatching(
        /^<<<<<<< main\nmine\n=======\nFIRST\n>>>>>>> waymark\/upgrade-[0-9a-f]{8}\n/,
      ),
      messages: ['CONFLICT (content): Merge conflict in settings.txt'],
    });
    expect(conflicting[0].messages[0]).toMatch(
      /^CONFLICT \(modify\/delete\): left.txt deleted in waymark\/upgrade-.{8} and modified in main/,
    );

    const { output, error } = await portal.upgrade('clashing');
    expect(error).toBe('');
    expect(output.conflicts).toEqual([
      'left.txt',
      'settings.txt',
      'unwanted.txt',
    ]);
    const status = await portal.status('clashing');
    expect(status.proposal.conflicts).toEqual(output.conflicts);
    const page = await (await fetch(output.changeUrl)).text();
    expect(page).toContain(
      'CONFLICT (content): Merge conflict in settings.txt',
    );
    expect(page).toContain('&lt;&lt;&lt;&lt;&lt;&lt;&lt; main');
    expect(await portal.merge('clashing', output.branch)).toBe(400);

    // As the page says
    await git(folder, 'fetch', '--quiet', 'origin');
    await git(folder, 'switch', '--quiet', output.branch);
    await expect(git(folder, 'merge', 'origin/main')).rejects.toThrow();
    await edit(folder, 'settings.txt', 'mine', 'both');
    await git(folder, 'rm', '--quiet', '-f', 'unwanted.txt');
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--quiet', '-m', 'Both');
    await git(folder, 'push', '--quiet');
    // Which is still the same proposal
    expect((await portal.ask('clashing')).body.proposal).toEqual(
      status.proposal,
    );
    expect(await portal.merge('clashing', output.branch)).toBe(303);
    expect((await portal.status('clashing')).state).toBe('current');
  });

  it('takes back what was proposed when there is something newer', async () => {
    const first = await portal.upgrade('untouched');
    const status = await portal.release(laterVersion('1.11.0'), 'untouched');
    expect(status).toMatchObject({
      state: 'behind',
      layers: [{ to: '1.2.0' }],
    });
    const second = await portal.upgrade('untouched');
    expect(second.error).toBe('');
    const heads = await portal.heads('untouched');
    expect(heads).not.toHaveProperty([first.output.branch]);
    expect(await portal.merge('untouched', second.output.branch)).toBe(303);
    const folder = await portal.clone('untouched');
    expect(await read(folder, 'settings.txt')).toMatch(/^FIRST\n/);
    expect(await read(folder, 'added/by-path.txt')).toBe('Added in 1.11.0\n');
    expect(await git(folder, 'rev-parse', 'origin/waymark-template')).toBe(
      await git(folder, 'rev-parse', 'HEAD^2^1'),
    );
    // What was merged already is where the next one starts
    await edit(folder, 'settings.txt', 'FIRST', 'OURS');
    await portal.commit(folder);
    await portal.release(laterVersion('1.12.0'), 'untouched');
    const third = await portal.upgrade('untouched');
    expect(third.output.conflicts).toEqual([]);
    expect(await portal.merge('untouched', third.output.branch)).toBe(303);
    const merged = await portal.clone('untouched');
    expect(await read(merged, 'settings.txt')).toMatch(/^OURS\n/);
  });

  it('asks what nobody was asked before', async () => {
    const status = await portal.release(versionWithQuestion, 'asked');
    expect(status).toMatchObject({
      state: 'behind',
      problem: {
        code: 'answers',
        message: expect.stringContaining('answers.region'),
        fields: [
          {
            name: 'region',
            title: 'Region',
            message: 'is new and has to be filled in',
            schema: { enum: ['north', 'south'] },
          },
        ],
      },
    });
    expect(await portal.ask('asked')).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('answers.region') } },
    });
    expect((await portal.preview('asked')).status).toBe(409);
    expect(
      await portal.ask('asked', {
        answers: { region: 'south', name: 'other' },
      }),
    ).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('answers.name') } },
    });
    const answers = { region: 'south' };
    const { body: preview } = await portal.preview('asked', answers);
    expect(
      preview.files.find(({ path }: any) => path === 'size.txt'),
    ).toMatchObject({ diff: expect.stringContaining('+payments 1 south') });
    const { output, error } = await portal.upgrade('asked', { answers });
    expect(error).toBe('');
    expect(await portal.merge('asked', output.branch)).toBe(303);
    const folder = await portal.clone('asked');
    expect(await read(folder, 'size.txt')).toBe('payments 1 south\n');
    const provenance = await read(folder, '.waymark/golden-path.yaml');
    expect(provenance).toContain('region: south');
    // What was left out stays left out
    expect(provenance).toContain(
      'deviations:\n  - part: extra\n    reason: Nobody here',
    );
    expect(await git(folder, 'ls-files', 'extra')).toBe('');
    expect((await portal.status('asked')).state).toBe('current');
  });

  const LOOK = /GET \/api\/forge\/api\/v1\/repos\/payments\/cut$/;
  const REFS = /GET .*cut\.git\/info\/refs\?service=git-upload-pack/;
  const FETCH = /POST .*cut\.git\/git-upload-pack/;
  const PUSH = /POST .*cut\.git\/git-receive-pack/;
  const ADVERTISE = /GET .*cut\.git\/info\/refs\?service=git-receive-pack/;
  const PULLS = /GET .*\/repos\/payments\/cut\/pulls\//;

  it('goes on wherever it was cut off, to the same proposal', async () => {
    const answers = { region: 'north' };
    const attempts: [RegExp, Fault][][] = [
      [[LOOK, 'lose-request']],
      [[REFS, 'lose-request']],
      [[FETCH, { status: 502 }]],
      [[ADVERTISE, 'lose-request']],
      [[PUSH, { status: 502 }]],
      // Of a push whose answer alone is lost, it looks what became of it
      [
        [PUSH, 'lose-answer'],
        [PULLS, 'lose-answer'],
      ],
    ];
    const before = await portal.heads('cut');
    let taskId: string | undefined;
    for (const faults of attempts) {
      for (const [place, fault] of faults) {
        backend.proxy.breakNext(place, fault);
      }
      if (taskId === undefined) {
        taskId = await backend.start(
          { component: 'component:default/cut', answers },
          undefined,
          'template:default/upgrade-golden-path',
        );
      } else {
        await backend.retry(taskId);
      }
      const { status: ended } = await backend.end(taskId);
      expect([String(faults[0][0]), ended]).toEqual([
        String(faults[0][0]),
        'failed',
      ]);
      expect(backend.proxy.pendingFaults).toBe(0);
    }
    await backend.retry(taskId as string);
    const { status, output } = await backend.end(taskId as string);
    expect(status).toBe('completed');
    const heads = await portal.heads('cut');
    expect(Object.keys(heads).sort()).toEqual(
      [output.branch, 'main', 'waymark-template'].sort(),
    );
    const folder = await portal.clone('cut');
    expect(
      (
        await git(folder, 'rev-list', 'origin/waymark-template', '^origin/main')
      ).trim(),
    ).toBe(heads['waymark-template']);
    expect(heads.main).toBe(before.main);
    expect(await portal.status('cut')).toMatchObject({
      state: 'proposed',
      proposal: { taskId, url: output.changeUrl },
    });
  });

  it('starts from what was merged also after a squash', async () => {
    const { branch } = (await portal.status('cut')).proposal;
    const folder = await portal.clone('cut');
    await edit(folder, 'README.md', '\n', '\nOurs\n');
    await portal.commit(folder);
    await git(folder, 'merge', '--quiet', '--squash', `origin/${branch}`);
    await portal.commit(folder, 'All in one');
    await git(folder, 'push', '--quiet', 'origin', '--delete', branch);
    expect((await portal.status('cut')).state).toBe('current');
    await edit(folder, 'settings.txt', 'last', 'ours');
    // Names that are no lines of text
    await writeFile(join(folder, 'a\tb'), 'Ours\n');
    await writeFile(Buffer.from(`${folder}/caf\xe9`, 'latin1'), 'Ours\n');
    await portal.commit(folder);
    await portal.release(laterVersion('2.1.0'), 'cut');
    const asked = await Promise.all([portal.ask('cut'), portal.ask('cut')]);
    expect(new Set(asked.map(({ body }) => body.taskId)).size).toBe(1);
    const { error, output } = await backend.end(asked[0].body.taskId);
    expect([error, output.conflicts]).toEqual(['', []]);
    expect(await portal.merge('cut', output.branch)).toBe(303);
    const merged = await portal.clone('cut');
    expect(await read(merged, 'settings.txt')).toMatch(/^FIRST\n[^]*ours\n$/);
    expect(await read(merged, 'added/by-path.txt')).toBe('Added in 2.1.0\n');
    expect(await git(merged, 'ls-files', 'a*', 'c*')).toMatch(
      /^"a\\tb"\nadded\/.*\n"caf\\351"\n/s,
    );
    await verified(
      'cut',
      (
        await portal.status('cut')
      ).current.version,
      new Date(0),
    );
  });

  it('says why it cannot, and what to do', async () => {
    await portal.release(laterVersion('2.2.0'), 'cut');
    const folder = await portal.clone('cut');
    const own = (await git(folder, 'rev-parse', 'HEAD')).trim();
    const [, generated] =
      /^commit: (.+)$/m.exec(await read(folder, '.waymark/golden-path.yaml')) ??
      [];
    const problem = async () => (await portal.status('cut')).problem;
    const push = (commit: string) =>
      git(
        folder,
        'push',
        '--quiet',
        '--force',
        'origin',
        `${commit}:refs/heads/waymark-template`,
      );

    // Somebody's own commit, on the branch and in what the repository says
    await push(own);
    expect(await problem()).toMatchObject({
      code: 'foreign-template-branch',
      message: expect.stringContaining(
        `git push --force origin ${generated}:refs/heads/waymark-template`,
      ),
    });
    await edit(folder, '.waymark/golden-path.yaml', generated, own);
    await portal.commit(folder);
    expect(await problem()).toMatchObject({ code: 'foreign-template-branch' });
    await backend.until('it is not verified any more', async () => {
      const { verified: isVerified, problems } = await portal.standing('cut');
      return (
        !isVerified &&
        problems.some(({ message }) =>
          message.startsWith('This portal did not generate'),
        )
      );
    });
    expect((await portal.ask('cut')).status).toBe(409);
    expect((await portal.preview('cut')).status).toBe(409);

    await git(folder, 'revert', '--no-edit', 'HEAD');
    await git(folder, 'push', '--quiet');
    await git(folder, 'push', '--quiet', 'origin', ':waymark-template');
    expect(await problem()).toMatchObject({ code: 'no-template-branch' });
    await push(generated);
    expect(await problem()).toBeUndefined();

    for (const [content, code] of [
      ['commit: [', 'unreadable-provenance'],
      [
        `template: template:default/gone\nversion: x\ncommit: ${generated}`,
        'no-template',
      ],
      [
        `template: template:default/propose\nversion: x\ncommit: ${generated}`,
        'not-upgradable',
      ],
    ]) {
      await writeTree(folder, { '.waymark/golden-path.yaml': `${content}\n` });
      await portal.commit(folder);
      expect(await problem()).toMatchObject({ code });
    }
    await rm(join(folder, '.waymark'), { recursive: true });
    await portal.commit(folder);
    expect(await portal.status('cut')).toMatchObject({
      state: 'unknown',
      problem: { code: 'no-path' },
    });
    expect(await portal.status('taken-component')).toMatchObject({
      state: 'unknown',
      problem: { code: 'no-repository' },
    });
    expect((await portal.status('nobody')).error.name).toBe('NotFoundError');

    // Of another repository than it is described in it may say what it likes
    const twin = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: twin
  annotations:
    backstage.io/source-location: url:${portal.repository(
      'untouched',
    )}/src/branch/main/
spec: { type: service, lifecycle: experimental, owner: payments }
`;
    const catalogInfo = await read(folder, 'catalog-info.yaml');
    await writeTree(folder, {
      'catalog-info.yaml': `${catalogInfo}---\n${twin}`,
    });
    await portal.commit(folder);
    const { problem: foreign } = await backend.until('the twin is there', () =>
      portal
        .status('twin')
        .then(found => (found.entityRef ? found : undefined)),
    );
    expect(foreign.message).toContain('is described elsewhere');
    expect((await portal.ask('twin')).status).toBe(409);
    expect((await portal.preview('twin')).status).toBe(409);
  });
});
