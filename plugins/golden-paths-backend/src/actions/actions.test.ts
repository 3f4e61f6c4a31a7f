import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { Knex } from 'knex';
import { initDatabase } from '../__testUtils__/databases';
import {
  randomDelivery,
  TIME_ZONE,
} from '../reports/__testUtils__/randomDelivery';
import { startReports } from '../reports/__testUtils__/startReports';
import { registerActions } from './registerActions';

const PIPELINE = {
  subject: 'ci:token:1',
  source: 'https://ci.example/1',
  sourceVerified: false,
  entityRefs: [],
  ownEntityRefs: [],
};

const NOW = Date.parse('2026-11-22T16:00:00Z');

describe('actions', () => {
  let knex: Knex;
  let reports: Awaited<ReturnType<typeof startReports>>;
  const registry = actionsRegistryServiceMock();

  beforeAll(async () => {
    knex = await initDatabase('SQLITE_3');
    await randomDelivery({ knex, seed: 6, now: NOW });
    await knex('entities').insert({
      id: 900,
      ref: 'template:default/go',
      kind: 'template',
      etag: 'x',
      first_seen_at: 0,
    });
    reports = await startReports({
      knex,
      now: NOW,
      config: { timeZone: TIME_ZONE },
    });
    registerActions({
      actionsRegistry: registry,
      auth: mockServices.auth({ pluginId: 'golden-paths' }),
      ciCredentials: {
        getPipeline: async credentials =>
          JSON.stringify(credentials.principal).includes('ci:token:1')
            ? PIPELINE
            : undefined,
      },
      discovery: {
        getBaseUrl: async () => reports.url,
        getExternalBaseUrl: async () => reports.url,
      },
    });
  });
  afterAll(() => reports?.stop());

  it.each([
    ['get-delivery-metrics', {}, { timeZone: TIME_ZONE }],
    [
      'get-delivery-summary',
      { weeks: 3, owner: 'bears', direct: true },
      { timeZone: TIME_ZONE },
    ],
    ['get-delivery-by-squad', { limit: 1 }, { nextCursor: expect.any(String) }],
    [
      'get-delivery-rows',
      { metric: 'support-load', limit: 1 },
      { totalItems: expect.any(Number) },
    ],
    ['get-first-steps', { state: 'stuck' }, { durations: expect.anything() }],
    ['get-golden-paths-health', { weeks: 2 }, { items: [expect.anything()] }],
    [
      'get-golden-path-health',
      { templateRef: 'template:default/go' },
      { runs: 0 },
    ],
    [
      'get-entity-delivery',
      { entityRef: 'component:default/svc-1' },
      { entityRef: 'component:default/svc-1' },
    ],
  ])('%s says what its route says', async (name, input, output) => {
    const result = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user('user:default/ann'),
    });
    expect(result.output).toMatchObject(output);
  });

  it('are refused as their routes are, and to pipelines', async () => {
    const invoke = (
      input: object,
      credentials: ReturnType<
        typeof mockCredentials.user | typeof mockCredentials.service
      >,
    ) =>
      registry.invoke({ id: 'test:get-delivery-summary', input, credentials });
    await expect(
      invoke({}, mockCredentials.user('user:default/eve')),
    ).rejects.toThrow('You lack the permission golden-paths.report.read');
    await expect(
      invoke({ until: '2026-11-17' }, mockCredentials.user('user:default/ann')),
    ).rejects.toThrow('until: has to be the date of a Monday');
    await expect(
      invoke({}, mockCredentials.service('ci:token:1')),
    ).rejects.toThrow('Actions are not for pipelines');
  });
});
