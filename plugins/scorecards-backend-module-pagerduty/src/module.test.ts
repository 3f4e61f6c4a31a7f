import { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { FactCollector } from '@waymark/plugin-scorecards-node';
import { collectAll, startCollectors } from '@waymark/backend-test-support';
import pagerduty from '.';
import { startPagerDuty } from './__testUtils__/startPagerDuty';

const component = (
  name: string,
  annotations: { [name: string]: string } = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
});
const withKey = (key: string) =>
  component(key, { 'pagerduty.com/integration-key': key });

describe('who is on call', () => {
  let api: Awaited<ReturnType<typeof startPagerDuty>>;
  let backend: Awaited<ReturnType<typeof startCollectors>>;
  let collector: FactCollector;

  beforeAll(async () => {
    api = await startPagerDuty();
    backend = await startCollectors({
      features: [pagerduty],
      config: {
        scorecards: { pagerduty: { token: api.token, baseUrl: `${api.url}/` } },
      },
    });
    [collector] = backend.collectors;

    api.addService({ id: 'PFARES', name: 'Fares', keys: ['key-of-fares'] });
    api.setPolicy(
      'policy-PFARES',
      { schedule: 'Fares primary', users: ['ada', 'ben'] },
      { users: ['ada'] },
      { users: ['cleo'] },
    );
    api.addService({ id: 'PGAP', keys: ['key-of-gap'] });
    api.setPolicy('policy-PGAP', { schedule: 'Gap', users: [] });
    api.addService({ id: 'PDIRECT', keys: ['key-of-direct'] });
    api.setPolicy(
      'policy-PDIRECT',
      { schedule: 'Empty', users: [] },
      { users: ['dan'] },
    );
    api.addService({
      id: 'POFF',
      keys: ['key-of-off'],
      status: 'disabled',
      policy: 'policy-PFARES',
    });
    // Its name is what somebody wrote for a key
    api.addService({ id: 'PTODO', name: 'todo', policy: 'policy-PFARES' });
  });
  afterAll(async () => {
    await backend.stop();
    await api.stop();
  });

  async function collect(...entities: Entity[]) {
    const found = await collectAll(collector, entities);
    return Object.fromEntries(
      found.map(result => [
        result.entityRef.split('/')[1],
        'facts' in result ? result.facts.map(({ value }) => value) : result,
      ]),
    );
  }

  it('names a rotation only when somebody is on it now', async () => {
    expect(
      await collect(
        withKey('key-of-fares'),
        withKey('key-of-gap'),
        withKey('key-of-direct'),
        withKey('key-of-off'),
        withKey('todo'),
        withKey('unknown'),
        component('by-id', { 'pagerduty.com/service-id': 'PFARES' }),
        component('no-id', { 'pagerduty.com/service-id': 'P/../X' }),
      ),
    ).toEqual({
      'key-of-fares': ['Fares primary', 3],
      'key-of-gap': ['', 0],
      'key-of-direct': ['policy-PDIRECT', 1],
      'key-of-off': ['', 0],
      todo: ['', 0],
      unknown: ['', 0],
      'by-id': ['Fares primary', 3],
      'no-id': ['', 0],
    });
    // Once for all of them, page by page
    expect(
      api.requests.filter(path => path.startsWith('/oncalls')),
    ).toHaveLength(3);
  });

  it('says where it knows that from', async () => {
    const [found] = await collectAll(collector, [withKey('key-of-fares')]);
    expect(found).toMatchObject({
      entityRef: 'component:default/key-of-fares',
      facts: [
        {
          name: 'onCall.rotation',
          source: 'https://kestrelvale-rail.example/services/PFARES',
        },
        { name: 'onCall.people' },
      ],
    });
  });

  it('follows a change of the rotation', async () => {
    api.setPolicy('policy-PGAP', { schedule: 'Gap', users: ['eve'] });
    expect(await collect(withKey('key-of-gap'))).toEqual({
      'key-of-gap': ['Gap', 1],
    });
  });

  it('goes on when a single one cannot be asked for', async () => {
    const long = component('long', {
      'pagerduty.com/integration-key': 'x'.repeat(101),
    });
    expect(await collect(long, withKey('key-of-fares'))).toEqual({
      long: expect.objectContaining({
        error: expect.objectContaining({
          message: 'PagerDuty answers 400 at /services',
        }),
      }),
      'key-of-fares': ['Fares primary', 3],
    });
  });

  it.each([
    ['ratelimit-reset', 42],
    ['retry-after', 7],
    ['x-nothing', 60],
  ])('waits as long as %s says', async (header, seconds) => {
    api.trouble(/oncalls/, {
      status: 429,
      headers: { [header]: String(seconds) },
    });
    const error = await collect(withKey('key-of-fares')).catch(e => e);
    expect(error).toMatchObject({
      name: 'RateLimitError',
      message: 'PagerDuty asks to be left alone',
    });
    const wait = error.retryAt.getTime() - Date.now();
    expect(Math.abs(wait - seconds * 1000)).toBeLessThan(5_000);
  });

  it.each([
    [500, /^PagerDuty answers 500$/],
    [401, /refuses the token of scorecards\.pagerduty\.token/],
    [403, /refuses the token/],
  ])('fails as a whole when the API answers %d', async (status, message) => {
    api.trouble(/services/, { status });
    await expect(collect(withKey('key-of-fares'))).rejects.toThrow(message);
  });

  it('ends when it is told to, though the API hangs', async () => {
    api.trouble(/services/, 'hang');
    await expect(
      collectAll(collector, [withKey('key-of-fares')], {
        signal: AbortSignal.timeout(100),
      }),
    ).rejects.toThrow(/timeout/);
  });

  it('is asked for those who name something of PagerDuty', () => {
    const applies = (entity: Entity) =>
      evaluateFilterPredicate(collector.appliesTo!, entity);
    expect(applies(withKey('a'))).toBe(true);
    expect(applies(component('b', { 'pagerduty.com/service-id': 'P1' }))).toBe(
      true,
    );
    expect(applies(component('c'))).toBe(false);
  });

  it('is not there without a token', async () => {
    const without = await startCollectors({ features: [pagerduty] });
    expect(without.collectors).toEqual([]);
    await without.stop();
  });
});
