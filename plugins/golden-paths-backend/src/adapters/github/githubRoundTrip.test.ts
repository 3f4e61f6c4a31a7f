import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../../__testUtils__/databases';
import { Github, startGithub } from '../../__testUtils__/startGithub';
import { startSupport } from '../../__testUtils__/startSupport';
import { SECRET } from '../../__testUtils__/webhook';

jest.setTimeout(120_000);

const ORGANIZATION = 'kestrelvale-rail';

describe.each(databases.eachSupportedId())('a GitHub, on %s', id => {
  let github: Github;
  let knex: Knex;
  let portal: Awaited<ReturnType<typeof startSupport>>;

  const running: { stop(): Promise<unknown> }[] = [];
  async function start() {
    const started = await startSupport({
      knex,
      config: {
        app: { baseUrl: 'https://portal.example' },
        integrations: {
          github: [
            {
              host: github.host,
              apiBaseUrl: github.apiUrl,
              token: github.token,
            },
          ],
        },
        goldenPaths: {
          webhooks: { github: { secrets: [SECRET] } },
          support: {
            tracker: {
              github: {
                repository: `${github.url}/${ORGANIZATION}/platform-help/`,
                labels: ['from-portal'],
              },
            },
          },
        },
      },
    });
    running.push(started);
    return started;
  }

  beforeAll(async () => {
    github = await startGithub({
      organization: {
        login: ORGANIZATION,
        teams: [],
        repositories: [
          { name: 'fares', files: { 'README.md': 'Fares' } },
          { name: 'platform-help', files: { 'README.md': 'Ask here' } },
        ],
      },
      users: [],
    });
    knex = await initDatabase(id);
    portal = await start();
    await github.control('PUT', '/webhook', {
      url: portal.webhookUrl,
      secret: SECRET,
    });
  });
  afterAll(async () => {
    await Promise.all(running.map(replica => replica.stop()));
    await github?.stop();
  });

  const deploy = async (body: object, states: object[]) => {
    const path = `/repos/${ORGANIZATION}/fares/deployments`;
    const deployment = await github.rest('POST', path, {
      ref: 'main',
      ...body,
    });
    for (const state of states) {
      await github.rest('POST', `${path}/${deployment.id}/statuses`, state);
    }
  };
  const events = (type: string) =>
    knex('events').where('type', 'like', `dev.cdevents.${type}.%`);
  const ended = (importId: string) =>
    eventually('the import has ended', async () => {
      const one = await portal.call('adaeze', `/imports/${importId}`);
      return one.state !== 'running' && one;
    });

  it('tells of deployments as they happen, and of earlier ones on request', async () => {
    await deploy({ sha: 'a1'.repeat(20) }, [
      { state: 'in_progress' },
      { state: 'success' },
    ]);
    await eventually('it is known', async () => {
      const [event] = await events('service.deployed');
      return event && Boolean(event.observed);
    });

    // From before anybody listened
    await github.control('PUT', '/webhook', {
      url: 'http://127.0.0.1:9/nowhere',
      secret: SECRET,
    });
    const ago = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString();
    for (const days of [20, 40, 400]) {
      const created_at = ago(days);
      await deploy({ sha: `b${days}`, created_at }, [
        { state: 'success', created_at },
      ]);
    }
    // GitHub asks to wait, and the import goes on by itself
    await github.control('POST', '/faults', {
      path: '/deployments',
      times: 1,
      kind: 'rateLimit',
    });
    const begun = await portal.call('adaeze', '/imports/github', {
      body: { repositories: [`${ORGANIZATION}/fares`], observed: true },
    });
    expect(begun).toMatchObject({ status: 202, state: 'running' });
    const waiting = await eventually('it waits', async () => {
      const row = await knex('imports').where({ id: begun.id }).first();
      return row.error && row;
    });
    expect(waiting.error).toContain('GitHub asks to wait until');
    expect(Number(waiting.next_step_at)).toBeGreaterThan(Date.now());

    // Another replica goes on with it when the time has come
    await knex('imports').update({ next_step_at: 0 });
    const other = await start();
    const again = await other.call('adaeze', '/imports/github', {
      body: {
        repositories: [
          `${github.url}/${ORGANIZATION}/fares`,
          `${ORGANIZATION}/gone`,
        ],
        months: 1,
      },
    });
    await expect(ended(begun.id)).resolves.toMatchObject({
      state: 'succeeded',
      read: 3,
      accepted: 2,
      duplicates: 1,
      problems: [],
    });
    await expect(ended(again.id)).resolves.toMatchObject({
      state: 'succeeded',
      read: 2,
      accepted: 0,
      duplicates: 2,
      problems: [{ message: expect.stringContaining('404') }],
    });
    expect(await events('service.deployed')).toHaveLength(3);
    await expect(
      portal.call('adaeze', '/imports/github', {
        body: { repositories: ['https://gitlab.example/a/b'] },
      }),
    ).resolves.toMatchObject({ status: 400 });
  });

  it('has questions as issues, and hears when they are closed', async () => {
    await github.control('PUT', '/webhook', {
      url: portal.webhookUrl,
      secret: SECRET,
    });
    const asked = await portal.call('joel', '/tickets', {
      body: {
        title: 'The form refuses my group',
        text: 'Tell @everybody, see #1 <script>',
        category: 'access',
        requestId: 'asked-by-joel',
      },
    });
    const taken = await eventually('the tracker has taken it', async () => {
      const ticket = await portal.call('joel', `/tickets/${asked.id}`);
      return ticket.url && ticket;
    });
    const issues = `/repos/${ORGANIZATION}/platform-help/issues`;
    const [issue] = await github.rest('GET', issues);
    expect(taken.url).toBe(issue.html_url);
    expect(issue.title).toBe('The form refuses my group');
    expect(issue.body).toContain('@\u2060everybody, see #\u20601 &lt;script>');
    expect(issue.body).toContain(
      `https://portal.example/delivery/support?ticket=${asked.id}`,
    );

    await github.rest('PATCH', `${issues}/${issue.number}`, {
      state: 'closed',
    });
    await eventually('it is closed here, too', async () => {
      const ticket = await portal.call('joel', `/tickets/${asked.id}`);
      return ticket.closedAt;
    });
    const tickets = await eventually('both are counted', async () => {
      const rows = await knex('events').where('type', 'like', '%.ticket.%');
      return rows.length === 2 && rows;
    });
    expect(
      tickets.map(row => [row.type.split('.')[3], row.subject_id]).sort(),
    ).toEqual([
      ['closed', asked.id],
      ['created', asked.id],
    ]);
    expect(new Set(tickets.map(row => row.entity_ref))).toEqual(
      new Set(['group:default/ticketing']),
    );
  });
});
