/** @jest-environment node */

import { GoldenPathsClient } from './GoldenPathsClient';

describe('GoldenPathsClient', () => {
  const asked: { url: string; init: RequestInit }[] = [];
  let answer: () => Response;
  const client = new GoldenPathsClient({
    discoveryApi: {
      getBaseUrl: async id => `https://portal.example/api/${id}`,
    },
    fetchApi: {
      fetch: async (url, init = {}) => {
        asked.push({ url: String(url), init });
        return answer();
      },
    },
  });
  beforeEach(() => {
    asked.splice(0);
    answer = () => Response.json({ items: [] });
  });

  const entityRef = 'component:default/shop';

  it.each<[string, () => Promise<unknown>]>([
    ['GET /metrics', () => client.getMetricsConfig()],
    [
      'GET /reports/summary?owner=bears&direct=true&weeks=4',
      () =>
        client.getSummary({
          owner: 'bears',
          direct: true,
          system: undefined,
          weeks: 4,
        }),
    ],
    ['GET /reports/squads?limit=2', () => client.getSquads({ limit: 2 })],
    [
      'GET /reports/rows?metric=adoption&counted=false',
      () => client.getMetricRows({ metric: 'adoption', counted: false }),
    ],
    [
      'GET /reports/first-steps?state=stuck',
      () => client.getFirstSteps({ state: 'stuck' }),
    ],
    ['GET /reports/templates', () => client.getTemplates({})],
    [
      'GET /reports/template?templateRef=template%3Adefault%2Fgo',
      () => client.getTemplate({ templateRef: 'template:default/go' }),
    ],
    [
      'GET /entities/component/default/shop/delivery?weeks=4',
      () => client.getEntityDelivery({ entityRef, weeks: 4 }),
    ],
    [
      'GET /events?unmatched=true&type=a%26b',
      () => client.getEvents({ unmatched: true, type: 'a&b' }),
    ],
    [
      'GET /deviations?state=approved',
      () => client.getDeviations({ state: 'approved' }),
    ],
    [
      'POST /deviations/a%2Fb/approve {"expiresAt":"2027-01-01"}',
      () =>
        client.decideDeviation({
          id: 'a/b',
          decision: 'approve',
          expiresAt: '2027-01-01',
        }),
    ],
    ['GET /tickets?mine=true', () => client.getTickets({ mine: true })],
    [
      'POST /imports/github {"months":3}',
      () => client.importFromGithub({ months: 3 }),
    ],
    [
      'POST /imports/csv?observed=true a,b',
      () => client.importCsv({ csv: 'a,b', observed: true }),
    ],
    ['GET /imports/7', () => client.getImport({ id: '7' })],
  ])('asks for %s', async (expected, call) => {
    await call();
    const [{ url, init }] = asked;
    const { pathname, search } = new URL(url);
    const path = `${pathname}${search}`.replace('/api/golden-paths', '');
    const body = init.body ? ` ${init.body}` : '';
    expect(`${init.method ?? 'GET'} ${path}${body}`).toBe(expected);
  });

  it('sends the token of a service, and what stops the request', async () => {
    const { signal } = new AbortController();
    await client.getMetricsConfig({ token: 'secret', signal });
    expect(asked[0].init.headers).toEqual({ authorization: 'Bearer secret' });
    expect(asked[0].init.signal).toBe(signal);
  });

  it('takes files by the name that they are given', async () => {
    answer = () =>
      new Response('a,b\r\n', {
        headers: { 'content-disposition': 'attachment; filename="rows.csv"' },
      });
    const file = await client.exportMetricRows({ metric: 'adoption' });
    expect([file.name, file.size]).toEqual(['rows.csv', 5]);
    answer = () => new Response('');
    expect((await client.exportSummary({})).name).toBe('delivery.csv');
  });

  it('says what the backend says is wrong', async () => {
    answer = () =>
      Response.json(
        {
          error: { name: 'InputError', message: 'weeks: too many' },
          response: { statusCode: 400 },
        },
        { status: 400, statusText: 'Bad Request' },
      );
    await expect(client.getSummary({ weeks: 999 })).rejects.toMatchObject({
      cause: { name: 'InputError', message: 'weeks: too many' },
    });
  });

  it.each(['', '.', '..'])('asks for nothing named "%s"', async id => {
    await expect(client.getImport({ id })).rejects.toThrow('is not a name');
    expect(asked).toEqual([]);
  });
});
