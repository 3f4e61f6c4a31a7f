import { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { FactCollector } from '@waymark/plugin-scorecards-node';
import {
  collectAll,
  startCollectors,
  startGithub,
  type Github,
} from '@waymark/backend-test-support';
import github from '.';

const ORGANIZATION = 'kestrelvale-rail';
const files = { 'README.md': 'Fares\n' };

describe('the default branch on GitHub', () => {
  let server: Github;
  const backends: Awaited<ReturnType<typeof startCollectors>>[] = [];
  /** With the token of an owner, and with the App. */
  let collectors: { token: FactCollector; app: FactCollector };

  async function send(method: string, path: string, body: object) {
    const response = await fetch(
      path.startsWith('/_')
        ? `${server.url}${path}`
        : `${server.apiUrl}${path}`,
      {
        method,
        headers: { authorization: `token ${server.token}` },
        body: JSON.stringify(body),
      },
    );
    expect(response.ok).toBe(true);
  }
  const protect = (name: string, settings: object) =>
    send('PUT', `/repos/${ORGANIZATION}/${name}/branches/main/protection`, {
      required_pull_request_reviews: null,
      required_status_checks: null,
      enforce_admins: true,
      restrictions: null,
      ...settings,
    });
  async function start(credentials: object) {
    const backend = await startCollectors({
      features: [github],
      config: {
        integrations: {
          github: [
            { host: server.host, apiBaseUrl: server.apiUrl, ...credentials },
          ],
        },
      },
    });
    backends.push(backend);
    return backend.collectors[0];
  }
  function startWithApp() {
    const { webhookSecret: _, installationId: __, ...app } = server.app;
    return start({ apps: [app] });
  }

  beforeAll(async () => {
    server = await startGithub({
      organization: {
        login: ORGANIZATION,
        repositories: [
          { name: 'open', files, defaultBranch: 'trunk' },
          { name: 'classic', files },
          { name: 'ruled', files },
          { name: 'both', files },
          { name: 'empty' },
          { name: 'hidden', files, visibility: 'private' },
        ],
      },
    });
    await protect('classic', {
      required_pull_request_reviews: { required_approving_review_count: 2 },
      required_status_checks: { strict: false, contexts: ['ci'] },
    });
    await protect('both', { required_pull_request_reviews: null });
    for (const name of ['ruled', 'both']) {
      await send('POST', `/repos/${ORGANIZATION}/${name}/rulesets`, {
        name: 'Changes',
        enforcement: 'active',
        conditions: { ref_name: { include: ['~DEFAULT_BRANCH'] } },
        rules: [
          {
            type: 'pull_request',
            parameters: { required_approving_review_count: 1 },
          },
          { type: 'deletion' },
        ],
      });
    }
    collectors = {
      token: await start({ token: server.token }),
      app: await startWithApp(),
    };
  });
  afterAll(async () => {
    await Promise.all(backends.map(backend => backend.stop()));
    await server?.stop();
  });
  afterEach(async () => {
    await fetch(`${server.url}/_control/faults`, { method: 'DELETE' });
  });

  const fail = (fault: object) => send('POST', '/_control/faults', fault);

  const component = (name: string, address = server.url): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/source-location': `url:${address}/${ORGANIZATION}/${name}/tree/main/`,
      },
    },
  });
  const ask = (
    name: string,
    states: Map<string, string> = new Map(),
    collector = collectors.token,
  ) =>
    collectAll(collector, [component(name)], { states }).then(
      ([result]) => result,
    );
  const facts = (values: unknown[]) =>
    expect.objectContaining({
      facts: [
        'scm.defaultBranch',
        'scm.branchProtection.enabled',
        'scm.branchProtection.requiredReviews',
        'scm.branchProtection.requiresStatusChecks',
      ].map((name, index) => ({
        name,
        value: values[index],
        source: expect.stringMatching(`^${server.url}/${ORGANIZATION}/\\w+$`),
      })),
    });

  it.each([
    ['open', ['trunk', false, 0, false]],
    ['classic', ['main', true, 2, true]],
    ['ruled', ['main', true, 1, false]],
    ['both', ['main', true, 1, false]],
    ['empty', ['main', false, 0, false]],
  ])('is described for the repository %s', async (name, values) => {
    expect(await ask(name)).toEqual(facts(values));
    expect(await ask(name, new Map(), collectors.app)).toEqual(facts(values));
  });

  it('costs nothing while nothing changes', async () => {
    const first = await ask('classic');
    const state = 'state' in first ? first.state! : '';
    const states = new Map([['component:default/classic', state]]);
    expect(await ask('classic', states)).toEqual({
      entityRef: 'component:default/classic',
      unchanged: true,
    });

    await protect('classic', {
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });
    expect(await ask('classic', states)).toEqual(
      facts(['main', true, 1, false]),
    );
    await fetch(
      `${server.apiUrl}/repos/${ORGANIZATION}/classic/branches/main/protection`,
      {
        method: 'DELETE',
        headers: { authorization: `token ${server.token}` },
      },
    );
    expect(await ask('classic', states)).toEqual(
      facts(['main', false, 0, false]),
    );
  });

  it('is an error where it is not to be seen, and others go on', async () => {
    await send('PATCH', '/_control/app/installation', {
      repositories: ['open', 'both'],
      permissions: { metadata: 'read', contents: 'read' },
    });
    const found = await collectAll(
      // Tokens have the permissions of the time at which they were issued
      await startWithApp(),
      ['both', 'hidden', 'nowhere', 'open'].map(name => component(name)),
    );
    expect(
      found.map(result => ('error' in result ? result.error.message : result)),
    ).toEqual([
      expect.stringContaining('need the permission "Administration: read"'),
      expect.stringMatching(/no credentials for .*hidden: .* not have access/),
      expect.stringMatching(/no credentials for .*nowhere: /),
      facts(['trunk', false, 0, false]),
    ]);
    expect(await ask('nowhere')).toMatchObject({
      error: {
        message: expect.stringMatching(
          /404 .*nowhere: Not Found \(not there, or not to be seen/,
        ),
      },
    });
  });

  it('takes repositories that cannot be protected for what they are', async () => {
    await fail({
      path: 'rules/branches',
      status: 403,
      body: { message: 'Upgrade to GitHub Pro or make this repository public' },
    });
    expect(await ask('open')).toEqual(facts(['trunk', false, 0, false]));
  });

  it.each([
    ['rateLimit', 60],
    ['secondaryRateLimit', 1],
  ])('leaves GitHub alone after a %s', async (kind, seconds) => {
    await fail({ path: 'branches/main', kind });
    const error = await ask('ruled').catch(e => e);
    expect(error).toMatchObject({
      name: 'RateLimitError',
      message: expect.stringMatching(/asks to be left alone: .*rate limit/),
    });
    const wait = error.retryAt.getTime() - Date.now();
    expect(Math.abs(wait - seconds * 1000)).toBeLessThan(5_000);
  });

  it('leaves GitHub alone for a minute when it does not say for how long', async () => {
    await fail({ path: '/repos/', status: 429, body: { message: 'Slow' } });
    const error = await ask('ruled').catch(e => e);
    const wait = error.retryAt.getTime() - Date.now();
    expect(Math.abs(wait - 60_000)).toBeLessThan(5_000);
  });

  it.each([
    [{ status: 502 }, /GitHub answers 502/],
    [{ drop: true }, /GitHub does not answer/],
    [{ delayMs: 5_000 }, /timeout/],
  ])('fails as a whole with %j', async (fault, message) => {
    await fail({ path: 'rules', ...fault });
    await expect(
      collectAll(collectors.token, [component('ruled'), component('open')], {
        signal: AbortSignal.timeout(500),
      }),
    ).rejects.toThrow(message);
  });

  it('is asked for components on a host with credentials', async () => {
    const applies = (entity: Entity) =>
      evaluateFilterPredicate(collectors.token.appliesTo!, entity);
    expect(applies(component('open'))).toBe(true);
    expect(applies(component('open', 'https://github.com'))).toBe(false);
    expect(applies({ ...component('open'), kind: 'API' })).toBe(false);

    const without = await startCollectors({ features: [github] });
    expect(without.collectors).toEqual([]);
    await without.stop();
  });
});
