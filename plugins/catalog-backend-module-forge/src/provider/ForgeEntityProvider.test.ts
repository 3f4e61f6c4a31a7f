import { eventually } from '@waymark/backend-test-support';
import { ServerResponse } from 'node:http';
import { ManualScheduler } from '../__testUtils__/ManualScheduler';
import { ScriptedHost } from '../__testUtils__/ScriptedHost';
import { startCatalog, TestCatalog } from '../__testUtils__/startCatalog';

const PASS = 'forge-provider:test:refresh';
const SEARCH = '/forge/api/v1/repos/search';

describe('ForgeEntityProvider', () => {
  let host: ScriptedHost;
  let catalog: TestCatalog;
  let scheduler: ManualScheduler;

  async function start(provider = {}) {
    scheduler = new ManualScheduler();
    catalog = await startCatalog({
      forge: { host: host.host, baseUrl: host.baseUrl },
      provider,
      features: [scheduler.factory()],
    });
  }

  async function expectComponents(...names: string[]) {
    await eventually(`the components ${names}`, async () => {
      const found = await catalog.names('Component');
      return found.join() === [...names].sort().join();
    });
  }

  beforeEach(async () => {
    host = await ScriptedHost.start();
  });

  afterEach(async () => {
    await catalog.stop();
    await host.stop();
  });

  it('brings in everything of all pages, but nothing archived or empty', async () => {
    for (let i = 0; i < 119; i++) {
      host.add(`service-${i}`);
    }
    host.add('old', { archived: true });
    host.add('new', { empty: true, branch: '' });
    await start();
    await scheduler.run(PASS);

    const targets = await eventually('119 locations', async () => {
      const found = await catalog.targets();
      return found.length === 119 && found;
    });
    expect(targets).toContain(host.target('service-118'));
    await eventually(
      'the component of the last page',
      async () => (await catalog.names('Component')).length === 119,
    );
    expect(host.requests.filter(path => path === SEARCH)).toHaveLength(3);
  });

  describe('when a pass does not read everything', () => {
    const page2 =
      (answer: (res: ServerResponse) => void) =>
      (url: URL, res: ServerResponse) => {
        const matches =
          url.pathname === SEARCH && url.searchParams.get('page') === '2';
        if (matches) {
          answer(res);
        }
        return matches;
      };
    const json = (total: string | undefined, body: string) =>
      page2(res => {
        if (total) {
          res.setHeader('x-total-count', total);
        }
        res.end(body);
      });
    const failures: [string, ScriptedHost['intercept'], RegExp][] = [
      ['a broken connection', page2(res => res.destroy()), /cannot be reached/],
      [
        'a connection that breaks inside the answer',
        page2(res => {
          res.setHeader('content-length', '1000');
          res.write('{"ok":true,"data":[');
          setTimeout(() => res.destroy(), 50);
        }),
        /Full pass over .* failed/,
      ],
      [
        'status 500',
        page2(res => res.writeHead(500).end()),
        /page=2&limit=50 answered 500/,
      ],
      [
        'status 404',
        page2(res => res.writeHead(404).end()),
        /page=2&limit=50 answered 404/,
      ],
      [
        'what is not JSON',
        json('52', '<html>Sign in</html>'),
        /did not answer with JSON/,
      ],
      [
        'JSON of another shape',
        json('52', '{"ok":true,"data":[{"name":"x"}]}'),
        /not understood at data\.0\.owner/,
      ],
      [
        'a name that leads elsewhere',
        json(
          '52',
          '{"ok":true,"data":[{"name":"../x","owner":{"login":"a"},"empty":false,"archived":false,"default_branch":"main","updated_at":""}]}',
        ),
        /not understood at data\.0\.name/,
      ],
      [
        'fewer than it counted',
        json('52', '{"ok":true,"data":[]}'),
        /listed 50 different repositories, but its x-total-count says 52/,
      ],
      [
        'another count on every page',
        json('40', '{"ok":true,"data":[]}'),
        /its x-total-count says 40/,
      ],
      [
        'no count',
        json(undefined, '{"ok":true,"data":[]}'),
        /x-total-count of .* is missing/,
      ],
    ];

    it('fails visibly and leaves the catalog alone', async () => {
      for (let i = 0; i < 52; i++) {
        host.add(`service-${i}`);
      }
      await start();
      await scheduler.run(PASS);
      await eventually(
        'all locations',
        async () => (await catalog.targets()).length === 52,
      );
      const before = await catalog.targets();

      for (const [what, intercept, message] of failures) {
        host.intercept = intercept;
        const error: unknown = await scheduler.run(PASS).then(
          () => `no error after ${what}`,
          reason => reason,
        );
        expect(String(error)).toMatch(message);
        expect(String(error)).toMatch(/the catalog keeps what it has/);
      }
      expect(await catalog.targets()).toEqual(before);

      host.intercept = () => false;
      host.repositories.delete('service-0');
      await scheduler.run(PASS);
      expect(await catalog.targets()).toHaveLength(51);
    });
  });

  it('refuses a host that is suddenly empty, but believes events', async () => {
    host.add('one');
    await start();
    await scheduler.run(PASS);
    await expectComponents('one');

    host.repositories.clear();
    await expect(scheduler.run(PASS)).rejects.toThrow(
      /1 of 1 known repositories are gone.*maxRemovedShare/,
    );
    expect(await catalog.names('Component')).toEqual(['one']);

    await catalog.publish({ type: 'repository.deleted', url: host.url('one') });
    await expectComponents();
    await scheduler.run(PASS);
  });

  it('refuses to remove more than the allowed share at once', async () => {
    for (let i = 0; i < 10; i++) {
      host.add(`service-${i}`);
    }
    await start({ maxRemovedShare: 0.3 });
    await scheduler.run(PASS);
    await eventually(
      'all locations',
      async () => (await catalog.targets()).length === 10,
    );

    for (const i of [0, 1, 2, 3]) {
      host.repositories.delete(`service-${i}`);
    }
    await expect(scheduler.run(PASS)).rejects.toThrow(/4 of 10 known/);
    expect(await catalog.targets()).toHaveLength(10);

    host.add('service-3');
    await scheduler.run(PASS);
    expect(await catalog.targets()).toHaveLength(7);
  });

  it('lets everything go when told to', async () => {
    host.add('one');
    await start({ maxRemovedShare: 1 });
    await scheduler.run(PASS);
    await expectComponents('one');
    host.repositories.clear();
    await scheduler.run(PASS);
    await expectComponents();
  });

  it('keeps a repository that was only missing from the list', async () => {
    host.add('one');
    host.add('two');
    await start();
    await scheduler.run(PASS);
    await expectComponents('one', 'two');

    const two = host.repositories.get('two')!;
    host.repositories.delete('two');
    host.intercept = url => {
      // As if it had slipped between two pages: the list is done without it
      if (url.pathname !== SEARCH) {
        host.repositories.set('two', two);
      }
      return false;
    };
    await scheduler.run(PASS);
    expect(await catalog.targets()).toHaveLength(2);
    expect(host.requests).toContain('/forge/api/v1/repos/squad/two');
  });

  it('does not undo what events did while a pass was reading', async () => {
    host.add('stays');
    host.add('goes');
    await start();
    await scheduler.run(PASS);
    await expectComponents('stays', 'goes');

    // The list is made, but held back until both events are dealt with
    const list = JSON.stringify({
      ok: true,
      data: ['stays', 'goes'].map(name => ({
        name,
        owner: { login: 'squad' },
        empty: false,
        archived: false,
        default_branch: 'main',
        updated_at: '2026-01-01T00:00:00Z',
      })),
    });
    let answer: () => void = () => {};
    host.intercept = (url, res) => {
      if (url.pathname !== SEARCH) {
        return false;
      }
      answer = () => res.setHeader('x-total-count', '2').end(list);
      return true;
    };
    const asked = host.requests.length;
    const pass = scheduler.run(PASS);
    await eventually('the list', () => host.requests.length > asked);

    host.add('new');
    host.repositories.delete('goes');
    await catalog.publish(
      { type: 'repository.created', url: host.url('new') },
      { type: 'repository.deleted', url: host.url('goes') },
    );
    await eventually(
      'both events',
      async () =>
        (await catalog.targets()).join() !== '' &&
        host.requests.includes('/forge/api/v1/repos/squad/new') &&
        !(await catalog.targets()).includes(host.target('goes')),
    );
    answer();
    await pass;

    await expectComponents('new', 'stays');
    expect(await catalog.targets()).toEqual([
      host.target('new'),
      host.target('stays'),
    ]);
  });

  it('follows the default branch, and a repository that becomes archived', async () => {
    host.add('one', { branch: 'master' });
    await start();
    await catalog.publish({ type: 'repository.updated', url: host.url('one') });
    await expectComponents('one');
    expect(await catalog.targets()).toEqual([host.target('one', 'master')]);

    host.add('one', { branch: 'trunk/v2' });
    await catalog.publish({ type: 'repository.updated', url: host.url('one') });
    await eventually('the new branch', async () =>
      (await catalog.targets()).includes(host.target('one', 'trunk%2Fv2')),
    );
    expect(await catalog.targets()).toHaveLength(1);
    await expectComponents('one');

    host.add('one', { archived: true });
    await catalog.publish({ type: 'repository.updated', url: host.url('one') });
    await expectComponents();
  });

  it('follows a repository to its new name', async () => {
    host.add('before');
    await start();
    await scheduler.run(PASS);
    await expectComponents('before');

    host.repositories.clear();
    host.add('after');
    host.intercept = (url, res) => {
      const moved = url.pathname === '/forge/api/v1/repos/squad/before';
      if (moved) {
        res
          .writeHead(301, { location: '/forge/api/v1/repos/squad/after' })
          .end();
      }
      return moved;
    };
    await catalog.publish({
      type: 'repository.updated',
      url: host.url('before'),
    });
    await expectComponents('after');
    expect(await catalog.targets()).toEqual([host.target('after')]);
  });

  it('asks nothing about repositories of other hosts', async () => {
    host.add('one');
    await start();
    await catalog.publish(
      {
        type: 'repository.created',
        url: 'https://elsewhere.example/squad/one',
      },
      { type: 'repository.created', url: `${host.baseUrl}-other/squad/one` },
      { type: 'repository.created', url: `${host.baseUrl}/squad` },
      { type: 'repository.created', url: `${host.baseUrl}/../one` },
      { type: 'location.updated', url: host.target('one') },
    );
    // Events are dealt with in order: after this one the others are over
    await catalog.publish({ type: 'repository.created', url: host.url('one') });
    await expectComponents('one');
    expect(host.requests.filter(path => !path.includes('/contents/'))).toEqual([
      '/forge/api/v1/repos/squad/one',
    ]);
  });

  it('reads a host that has names that differ only in case', async () => {
    host.add('one');
    host.add('One');
    host.add('two');
    await start();
    await scheduler.run(PASS);
    await eventually('two locations', async () => {
      const found = await catalog.targets();
      return found.length === 2 && found.includes(host.target('two'));
    });
  });

  it('knows again the repository of an owner whose name ends like an address', async () => {
    host.add('one', { owner: 'squad.git' });
    await start();
    await scheduler.run(PASS);
    await expectComponents('one');
    host.requests.length = 0;
    await scheduler.run(PASS);
    // Nothing is looked for that the list does not have
    expect(host.requests).toEqual([SEARCH]);
  });

  it('reads a repository again whose event was lost', async () => {
    host.add('one');
    await start();
    await scheduler.run(PASS);
    await expectComponents('one');
    const reads = () =>
      host.requests.filter(path => path.includes('/contents/')).length;
    const before = reads();

    await scheduler.run(PASS);
    host.add('one', { updatedAt: '2026-01-02T00:00:00Z' });
    await scheduler.run(PASS);
    await eventually('another look at the file', () => reads() === before + 1);
  });
});
