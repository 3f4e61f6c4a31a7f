import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { databases } from './__testUtils__/databases';
import { pipeline, sh } from './__testUtils__/scripts';
import {
  LINK,
  makePlace,
  ORDERS,
  startRunner,
  TestRunner,
} from './__testUtils__/startRunner';
import { LoopbackProxy } from './services/LoopbackProxy';

jest.setTimeout(120_000);

/** What is in the environment of a process of these tests and nowhere else. */
function processesOf(place: string): string[] {
  const { stdout } = spawnSync(
    'sh',
    ['-c', 'grep -lsF "$1" /proc/[0-9]*/environ', 'sh', `${place}/runner`],
    { encoding: 'utf8' },
  );
  return stdout.split('\n').filter(Boolean);
}

const skipWhereVisible =
  spawnSync('unshare', ['-U', '-c', '-p', '-f', '--mount-proc', 'true'])
    .status === 0
    ? describe
    : describe.skip;

const LIMITS = {
  // Nothing that is ended for another reason takes as long on a busy machine
  stageSeconds: 60,
  readySeconds: 5,
  memoryMegabytes: 300,
  processes: 40,
  diskMegabytes: 60,
  freeDiskMegabytes: 1,
  logMegabytes: 1,
};

/** Real processes that mean no good, each a stage of a pipeline. */
type HostileStage = [what: string, script: string, reason: RegExp];

const ENDLESS_STAGES: HostileStage[] = [
  [
    'loops for ever',
    sh('while :; do :; done'),
    /^It took longer than 4 s, and was ended$/,
  ],
  [
    'ignores SIGTERM and waits',
    sh("trap '' TERM INT HUP", 'sleep 1000 & wait'),
    /^It took longer than 4 s/,
  ],
];

const STAGES: HostileStage[] = [
  [
    'forks and forks',
    // Of itself no more than 255 of them, for twenty seconds
    sh(
      'fork() {',
      '  [ "$1" -ge 7 ] && exec sleep 20',
      '  fork $(($1 + 1)) & fork $(($1 + 1)) & wait',
      '}',
      'fork 0',
    ),
    /^It had \d+ processes at once, 40 are allowed, and was ended$/,
  ],
  [
    'eats memory',
    sh('node -e "const kept = []; for (;;) kept.push(Buffer.alloc(16e6, 1))"'),
    /^It used (\d+ MB of memory, 300 MB are allowed|more than 300 MB of memory), and was ended$/,
  ],
  [
    'fills the disk with one file',
    sh('exec dd if=/dev/zero of=large bs=1048576 count=4000 2>&1'),
    /^It ended|^Its folder grew to \d+ MB, 60 MB are allowed, and it was ended$/,
  ],
  [
    'fills the disk with many files',
    sh(
      'i=0',
      'while :; do i=$((i + 1)); dd if=/dev/zero of="$TMPDIR/$i" bs=1048576 count=8 2>/dev/null; done',
    ),
    /^Its folder grew to \d+ MB, 60 MB are allowed, and it was ended$/,
  ],
  ['is not executable', 'echo hello\n', /^ci\/test is not executable: git/],
  ['is no program', '#!/no/such/interpreter\n', /^A command was not found/],
];

const skipElsewhere = process.platform === 'linux' ? describe : describe.skip;

skipElsewhere('hostile pipelines', () => {
  let place: string;
  let runner: TestRunner;

  beforeAll(async () => {
    place = await makePlace();
    runner = await startRunner({
      knex: await databases.init('SQLITE_3'),
      place,
      limits: LIMITS,
      config: { restarts: 2 },
    });
  });

  afterAll(async () => {
    await runner.stop();
    await rm(place, { recursive: true, force: true });
  });

  /** Pushes, and waits for the end of what it runs. */
  async function run(files: Record<string, string>, on = runner) {
    const [latest] = (
      await on.client.getPipeline(ORDERS).catch(() => ({
        runs: [],
      }))
    ).runs;
    await on.push(files);
    return on.ended((latest?.number ?? 0) + 1);
  }

  /** What becomes of a pipeline with this as one of its stages. */
  async function runStage(
    script: string,
    where: { place: string; runner: TestRunner },
  ) {
    const { stages, state } = await run(
      pipeline({ name: 'bad' }, { 'ci/test': script }),
      where.runner,
    );
    return {
      state,
      reason: stages.find(({ name }) => name === 'test')?.reason,
      last: stages.at(-1),
      processes: processesOf(where.place),
    };
  }

  const failure = (reason: RegExp) => ({
    state: 'failed',
    reason: expect.stringMatching(reason),
    last: expect.objectContaining({ name: 'start', state: 'skipped' }),
    processes: [],
  });

  it('stages that do not end by themselves', async () => {
    const other = await makePlace();
    const hasty = await startRunner({
      knex: await databases.init('SQLITE_3'),
      place: other,
      limits: { ...LIMITS, stageSeconds: 4 },
    });
    try {
      for (const [, script, reason] of ENDLESS_STAGES) {
        const found = await runStage(script, { place: other, runner: hasty });
        expect(found).toEqual(failure(reason));
      }
    } finally {
      await hasty.stop();
      await rm(other, { recursive: true, force: true });
    }
  });

  it.each(STAGES)('a stage that %s', async (_what, script, reason) => {
    const found = await runStage(script, { place, runner });
    expect(found).toEqual(failure(reason));
  });

  it('a stage that leaves a daemon behind, in a session of its own and without its environment', async () => {
    const ended = await run(
      pipeline(
        { name: 'daemon' },
        {
          'ci/test': sh(
            'setsid sh -c "sleep 1001 & " &',
            'setsid env -i PATH="$PATH" sh -c "trap \'\' TERM; sleep 1002" > /dev/null 2>&1 &',
            'sleep 0.6',
          ),
          'ci/start': sh('exit 3'),
        },
      ),
    );
    expect(ended.reason).toBe(
      'start: It ended with exit code 3, before it was ready',
    );
    const { text } = await runner.client.getStageLog(ORDERS, {
      run: ended.number,
      stage: 'test',
    });
    expect(text).toMatch(
      /^▸ \d+ processes that it left behind were ended$|^$/m,
    );
    const left = spawnSync('pgrep', ['-f', 'sleep 100[12]'], {
      encoding: 'utf8',
    });
    expect(left.stdout).toBe('');
  });

  skipWhereVisible('where a user may make namespaces', () => {
    it('a stage that looks for the environment of the portal', async () => {
      const ended = await run(
        pipeline(
          { name: 'curious' },
          {
            'ci/test': sh(
              'cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep ^HOME= | sort -u',
              'exit 1',
            ),
          },
        ),
      );
      const { text } = await runner.client.getStageLog(ORDERS, {
        run: ended.number,
        stage: 'test',
      });
      expect(text.match(/^HOME=.*/gm)).toEqual([
        expect.stringContaining(`HOME=${place}/runner`),
      ]);
    });
  });

  it('a stage that prints 100 MB', async () => {
    const ended = await run(
      pipeline(
        { name: 'loud' },
        {
          'ci/test': sh(
            'echo the beginning',
            'head -c 100000000 /dev/zero | tr "\\0" "x"',
            'echo',
            'echo the end',
            'exit 1',
          ),
        },
      ),
    );
    expect(ended.reason).toBe('test: It ended with exit code 1');
    const log = (from?: number) =>
      runner.client.getStageLog(ORDERS, {
        run: ended.number,
        stage: 'test',
        from,
      });
    expect((await log(0)).text).toMatch(/^the beginning\n/);
    expect((await log()).text).toMatch(/the end\n/);
    expect((await log()).next).toBeLessThan(1_200_000);
  });

  it('a repository with links and a submodule', async () => {
    const ended = await run({
      ...pipeline({ name: 'links' }),
      '.gitmodules':
        '[submodule "x"]\n\tpath = x\n\turl = https://git.example.com/x.git\n',
      '.gitattributes': '* filter=evil\n',
      'ci/build': `${LINK}/bin/true`,
    });
    expect(ended.stages.find(({ name }) => name === 'build')?.reason).toBe(
      'ci/build is a link, or lies behind one: a stage script has to be a file of the repository',
    );
    expect(ended.stages[0]).toMatchObject({
      name: 'checkout',
      state: 'passed',
    });
  });

  it.each([
    [
      'listens on another port',
      { port: 45_671 },
      /^start: It listened on port 45671, and was ended/,
    ],
    [
      'listens for others',
      { host: '0.0.0.0' },
      /^start: It listened on 0\.0\.0\.0 \(port \d+\), which others can reach/,
    ],
    [
      'is never ready',
      { ready: 500 },
      /^start: It was not ready within 5 s: \/readyz answered 500$/,
    ],
  ])('a service that %s', async (_what, version, reason) => {
    const ended = await run(pipeline({ name: 'bad', ...version }));
    expect(ended.reason).toMatch(reason);
    expect(processesOf(place)).toEqual([]);
  });

  it('a service that dies is started again, and crashes in the end', async () => {
    await run(pipeline({ name: 'mortal' }));
    const { url } = await runner.service('running');
    const die = () => fetch(`${url}/die`).catch(() => {});
    for (const _ of ['first', 'second']) {
      await die();
      const restarting = await runner.service('restarting');
      expect(restarting.reason).toBe(
        'It ended with exit code 3. It is started again',
      );
      await runner.service('running');
    }
    expect((await fetch(`${url}/`)).status).toBe(200);
    await die();
    expect((await runner.service('crashed')).reason).toBe(
      'It ended by itself 3 times, at last: It ended with exit code 3',
    );
  });

  it('a build that cannot be offered leaves the one before in its place', async () => {
    await run(pipeline({ name: 'steady' }));
    const { url } = await runner.service('running');
    const steady = processesOf(place);
    // At the edge of the network: to run out of ports would hit others, too
    const listen = jest
      .spyOn(LoopbackProxy.prototype, 'listen')
      .mockRejectedValueOnce(new Error('No port is free'));
    const ended = await run(pipeline({ name: 'next' }));
    listen.mockRestore();
    expect(ended.reason).toBe('start: No port is free');
    expect(processesOf(place)).toEqual(steady);
    expect(await (await fetch(url!)).json()).toMatchObject({ name: 'steady' });
  });

  // Last: nothing is pushed after it
  it('nothing is left when the portal has stopped', async () => {
    await run(pipeline({ name: 'last' }));
    expect(processesOf(place)).not.toEqual([]);
    await runner.stop();
    expect(processesOf(place)).toEqual([]);
  });
});
