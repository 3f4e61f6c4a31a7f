import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, git, writeTree } from '@waymark/backend-test-support';
import { databases } from './__testUtils__/databases';
import { pipeline, sh } from './__testUtils__/scripts';
import {
  makePlace,
  ORDERS,
  startRunner,
  TestRunner,
} from './__testUtils__/startRunner';

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())('a portal that ends, on %s', id => {
  let place: string;
  let runner: TestRunner;

  beforeEach(async () => {
    place = await makePlace();
  });

  afterEach(async () => {
    await runner.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('goes on: services, a run that was interrupted, and what was pushed meanwhile', async () => {
    const knex = await databases.init(id);
    runner = await startRunner({ knex, place });
    await runner.push(pipeline({ name: 'first' }));
    await runner.ended(1);
    const { url } = await runner.service('running');

    // Two wait while one runs: the later takes the place of the other
    const slow = { 'ci/test': sh('sleep 100') };
    await runner.push(pipeline({ name: 'slow' }, slow));
    await eventually('the second runs', async () => {
      const { runs } = await runner.client.getPipeline(ORDERS);
      return runs[0].stages.some(
        ({ name, state }) => name === 'test' && state === 'running',
      );
    });
    await runner.client.startRun(ORDERS);
    await runner.client.startRun(ORDERS);
    expect(await runner.client.getRun(ORDERS, 3)).toMatchObject({
      state: 'superseded',
      reason: 'Run 4 took its place before it began',
    });
    await runner.client.cancelRun(ORDERS, 4);

    await runner.stop();
    await expect(fetch(url!)).rejects.toThrow();

    // Into the folder itself, as nobody is there to take a push
    const copy = await mkdtemp(join(place, 'copy-'));
    const repository = join(place, 'repositories/team/orders.git');
    await git(copy, 'clone', '--quiet', repository, '.');
    await writeTree(copy, pipeline({ name: 'meanwhile' }, { 'ci/test': sh() }));
    await git(copy, 'commit', '--quiet', '--all', '--message', 'Meanwhile');
    await git(copy, 'push', '--quiet', 'origin', 'HEAD:main');

    runner = await startRunner({ knex, place });
    expect((await runner.ended(2)).state).toBe('error');
    await eventually('what was pushed meanwhile runs', async () => {
      const { runs } = await runner.client.getPipeline(ORDERS);
      const run = runs.find(({ commit }) => commit.title === 'Meanwhile');
      return run?.state === 'succeeded';
    });
    const { service } = await runner.client.getPipeline(ORDERS);
    expect(service).toMatchObject({ state: 'running', url });
    const response = await fetch(url!, { headers: { connection: 'close' } });
    expect((await response.json()).name).toBe('meanwhile');
  });

  it('does not run what was there before it', async () => {
    const knex = await databases.init(id);
    runner = await startRunner({ knex, place, config: { enabled: false } });
    await runner.push(pipeline({ name: 'old' }));
    await runner.stop();

    runner = await startRunner({ knex, place });
    await eventually('it is seen', async () => {
      const { availability } = await runner.client.getPipeline(ORDERS);
      return availability === 'waiting-for-push';
    });
    expect((await runner.client.getPipeline(ORDERS)).runs).toEqual([]);
    expect(await runner.client.startRun(ORDERS)).toMatchObject({
      number: 1,
      trigger: 'manual',
      triggeredBy: 'user:default/mock',
    });
    expect((await runner.ended(1)).state).toBe('succeeded');
  });
});
