import { rm } from 'node:fs/promises';
import { eventually } from '@waymark/backend-test-support';
import { databases } from './__testUtils__/databases';
import { pipeline, sh } from './__testUtils__/scripts';
import {
  makePlace,
  ORDERS,
  startRunner,
  TestRunner,
  TOKEN,
} from './__testUtils__/startRunner';

jest.setTimeout(120_000);

const AUDIT = sh(
  'echo "asks $OSV_URL, with $GOFLAGS"',
  'for place in "$GOCACHE" "$GOMODCACHE" "$PIP_CACHE_DIR"; do test -d "$place" && echo "${place#*/runner/}"; done',
);

const REPORT = sh(
  'echo "the token is $WAYMARK_TOKEN"',
  "node -e \"fetch(process.env.WAYMARK_URL + '/api/scorecards/facts', { method: 'POST', headers: { authorization: 'Bearer ' + process.env.WAYMARK_TOKEN } })\"",
);

describe.each(databases.eachSupportedId())('pipelines on %s', id => {
  let place: string;
  let runner: TestRunner;

  beforeEach(async () => {
    place = await makePlace();
  });

  afterEach(async () => {
    await runner.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('brings a push to a service that answers, and tells so', async () => {
    const knex = await databases.init(id);
    runner = await startRunner({
      knex,
      place,
      config: { osvUrl: 'http://advisories.example' },
    });
    runner.state.isAway = true;
    const commit = await runner.push(
      pipeline(
        { name: 'first', calls: 'called' },
        { 'ci/audit': AUDIT, 'ci/report': REPORT, 'ci/image': sh() },
      ),
    );

    const run = await runner.ended(1);
    expect(run).toMatchObject({ state: 'succeeded', trigger: 'push' });
    expect(run.commit.id).toBe(commit);
    expect(run.stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'checkout passed',
      'install not-run',
      'test passed',
      'build passed',
      'audit passed',
      'image not-run',
      'report passed',
      'start passed',
    ]);

    const { service } = await runner.client.getPipeline(ORDERS);
    expect(service).toMatchObject({ state: 'running', run: 1 });
    const answer = await (await fetch(service.url!)).json();
    expect(answer.name).toBe('first');
    const calls = await fetch(`http://${service.grpcAddress}`);
    expect(await calls.text()).toBe('called');
    // Nothing of the portal's
    expect(Object.keys(answer.env).sort()).toEqual(
      expect.arrayContaining(['HOME', 'HOST', 'PATH', 'PORT', 'TMPDIR']),
    );
    expect(Object.keys(answer.env).join(' ')).not.toMatch(
      /NODE_OPTIONS|JEST|BACKSTAGE|WAYMARK_TOKEN|npm_/,
    );

    expect(runner.facts).toEqual([`Bearer ${TOKEN}`]);
    const log = await runner.client.getStageLog(ORDERS, {
      run: 1,
      stage: 'report',
    });
    expect(log).toMatchObject({ text: 'the token is ***\n', complete: true });
    const { text } = await runner.client.getStageLog(ORDERS, {
      run: 1,
      stage: 'audit',
    });
    expect(text.split('\n')).toEqual([
      'asks http://advisories.example, with -modcacherw',
      'caches/1/go-build',
      'caches/1/go-mod',
      'caches/1/pip',
      '',
    ]);

    // Golden-paths was away all the time
    expect(runner.events).toEqual([]);
    runner.state.isAway = false;
    await eventually('all is told', () =>
      runner.events.some(({ type }) => type.includes('pipelinerun.finished')),
    );
    const types = runner.events.map(({ type }) =>
      type.split('.').slice(2, 4).join('.'),
    );
    expect(types.filter(type => !type.startsWith('taskrun'))).toEqual([
      'pipelinerun.started',
      'artifact.published',
      'environment.created',
      'service.deployed',
      'pipelinerun.finished',
    ]);
    expect(
      new Set(runner.events.map(event => event.data.context.chainId)).size,
    ).toBe(1);
    expect(new Set(runner.events.map(event => event.entityref))).toEqual(
      new Set([ORDERS]),
    );
    expect(
      new Set(runner.events.map(event => event.data.customData.commit)),
    ).toEqual(new Set([commit]));
    const deployed = runner.events.find(({ type }) =>
      type.includes('service.deployed'),
    )!;
    expect(deployed.data.subject.content).toEqual({
      environment: { id: 'staging' },
      artifactId: `pkg:generic/team/orders@${commit}`,
    });
  });

  it('keeps the build in place when the next one fails, and goes back', async () => {
    const knex = await databases.init(id);
    runner = await startRunner({ knex, place, limits: { readySeconds: 2 } });
    const { client } = runner;
    await runner.push(pipeline({ name: 'first' }));
    await runner.ended(1);
    const { url } = await runner.service('running');
    const name = async () =>
      (await (await fetch(url!, { headers: { connection: 'close' } })).json())
        .name;

    await runner.push(
      pipeline({ name: 'broken' }, { 'ci/test': sh('echo no', 'exit 4') }),
    );
    const broken = await runner.ended(2);
    expect(broken).toMatchObject({
      state: 'failed',
      reason: 'test: It ended with exit code 4',
    });
    expect(broken.stages.at(-1)).toMatchObject({
      name: 'start',
      state: 'skipped',
    });
    expect(await name()).toBe('first');

    await runner.push(pipeline({ name: 'unready', ready: 500 }));
    expect((await runner.ended(3)).reason).toBe(
      'start: It was not ready within 2 s: /readyz answered 500',
    );
    await runner.push(pipeline({ name: 'third' }));
    // A request under way while builds change is cut off by this service
    await runner.ended(4);
    expect(await name()).toBe('third');

    const rolledBack = await client.rollBackService(ORDERS, { run: 1 });
    expect(rolledBack).toMatchObject({ state: 'running', run: 1, url });
    expect(rolledBack.reason).toBe('Rolled back by user:default/mock');
    expect(await name()).toBe('first');

    expect(await client.stopService(ORDERS)).toMatchObject({
      state: 'stopped',
    });
    await expect(fetch(url!)).rejects.toThrow();
    expect(await client.restartService(ORDERS)).toMatchObject({
      state: 'running',
      url,
    });
    expect(await name()).toBe('first');

    await eventually('the rollback is told', () =>
      runner.events.some(({ type }) => type.includes('service.rolledback')),
    );
    runner.state.mayOperate = false;
    await expect(client.stopService(ORDERS)).rejects.toThrow(/403/);
    await expect(
      client.getPipeline('component:default/nothing'),
    ).rejects.toThrow(/404/);
    const { address } = runner.state;
    for (const path of ['..%2Fa/default/orders', 'component/default/a%00b']) {
      const answer = await fetch(
        `${address}/api/forge-runner/pipelines/${path}`,
      );
      expect(answer.status).toBe(400);
    }
    expect(
      await client.getPipeline('component:default/elsewhere'),
    ).toMatchObject({
      availability: 'no-repository',
    });
  });
});
