import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  eventually,
  testDatabase,
} from '@waymark/backend-test-support';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScriptedHost } from './__testUtils__/ScriptedHost';
import { startCatalog } from './__testUtils__/startCatalog';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('starting again on %s', id => {
  let directory: string;
  let database: JsonObject;
  let host: ScriptedHost;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waymark-'));
    ({ config: database } = await testDatabase({
      on: { databases, id },
      directory,
    }));
    host = await ScriptedHost.start();
  });

  afterEach(async () => {
    await host.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const start = () =>
    startCatalog({
      forge: { host: host.host, baseUrl: host.baseUrl },
      config: {
        backend: { database },
      },
      features: [closingDatabaseServiceFactory, schedulerServiceFactory],
    });

  it('reads everything, and knows what it had when the host has lost it', async () => {
    host.add('one');
    const first = await start();
    await eventually('the component', async () =>
      (await first.names('Component')).includes('one'),
    );
    host.add('two');
    await first.stop();

    const second = await start();
    await eventually(
      'what came meanwhile, long before the schedule',
      async () => (await second.names('Component')).includes('two'),
    );
    host.repositories.clear();
    await second.stop();

    const third = await start();
    const task = await eventually('a failed task', async () => {
      const response = await fetch(
        `${third.url}/api/catalog/.backstage/scheduler/v1/tasks`,
      );
      const { tasks } = await response.json();
      const [refresh] = tasks.filter(
        ({ taskId }: { taskId: string }) =>
          taskId === 'forge-provider:test:refresh',
      );
      return refresh.taskState?.lastRunError && refresh;
    });
    expect(task.taskState.lastRunError).toMatch(
      /2 of 2 known repositories are gone/,
    );
    expect(await third.names('Component')).toEqual(['one', 'two']);
    await third.stop();
  });
});
