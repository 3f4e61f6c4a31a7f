import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import {
  collectAll,
  eventually,
  startCollectors,
} from '@waymark/backend-test-support';
// What it says is the matter here
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import goldenPaths from '@waymark/plugin-golden-paths-backend';
import { FactCollector } from '@waymark/plugin-scorecards-node';
import delivery from '.';

const component = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, etag: '1' },
  spec: { type: 'service', lifecycle: 'production', owner: 'squad' },
});
const REF = 'component:default/fares';

describe('facts about delivery', () => {
  let backend: Awaited<ReturnType<typeof startCollectors>>;
  let collector: FactCollector;
  const refreshed: string[] = [];
  let url = '';

  beforeAll(async () => {
    backend = await startCollectors({
      features: [
        delivery,
        goldenPaths,
        eventsServiceFactory,
        catalogServiceMock.factory({ entities: [component('fares')] }),
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
        createServiceFactory({
          service: coreServices.discovery,
          deps: {},
          factory: () => ({
            getBaseUrl: async (id: string) => `${url}/api/${id}`,
            getExternalBaseUrl: async (id: string) => `${url}/api/${id}`,
          }),
        }),
      ],
    });
    url = backend.url;
    [collector] = backend.collectors;
    await collector.start?.({
      refresh: async ({ entityRefs }) => {
        refreshed.push(...entityRefs);
      },
      refreshByAnnotation: async () => {},
    });
  });
  afterAll(async () => {
    await backend?.stop();
  });

  const report = async (id: string, at: string, environment: string) => {
    const type = 'dev.cdevents.service.deployed.0.3.0';
    const response = await fetch(`${url}/api/golden-paths/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:forge-runner'),
          targetPluginId: 'golden-paths',
        }),
      },
      body: JSON.stringify({
        specversion: '1.0',
        id,
        source: '/runner',
        type,
        time: at,
        entityref: REF,
        data: {
          context: {
            specversion: '0.5.1',
            id,
            source: '/runner',
            type,
            timestamp: at,
          },
          subject: {
            id: 'fares',
            content: {
              environment: { id: environment },
              artifactId: 'pkg:oci/fares@sha256%3A0b31',
            },
          },
        },
      }),
    });
    expect(response.status).toBe(202);
  };

  it('come as soon as something was seen, and none of what nobody saw', async () => {
    const ago = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString();
    const [staging, production] = [ago(1), ago(3)];
    await report('one', staging, 'staging');
    await report('two', production, 'production');

    const wanted = {
      'delivery.lastDeploymentAt': staging,
      'delivery.lastStagingDeploymentAt': staging,
      'delivery.lastProductionDeploymentAt': production,
      'delivery.deployments': 1,
      'delivery.deploymentsPerWeek': 0.25,
      'delivery.changeFailRate': 0,
    };
    const [fares, unknown] = await eventually('all is known', async () => {
      const found = await collectAll(collector, [
        component('fares'),
        component('unknown'),
      ]);
      return 'facts' in found[0] && found[0].facts.length === 6
        ? found
        : undefined;
    });
    expect(fares).toEqual({
      entityRef: REF,
      facts: expect.arrayContaining(
        Object.entries(wanted).map(([name, value]) => ({
          name,
          value,
          source: 'golden-paths',
        })),
      ),
    });
    expect(unknown).toEqual({
      entityRef: 'component:default/unknown',
      facts: [],
    });
    await eventually('it was said', async () => refreshed.includes(REF));
  });

  it.each([
    ['people', mockCredentials.user.header()],
    ['pipelines and other systems', mockCredentials.service.header()],
  ])('are not for %s', async (_who, authorization) => {
    const response = await fetch(`${url}/api/golden-paths/facts`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization,
      },
      body: JSON.stringify({ entityRefs: [REF] }),
    });
    expect(response.status).toBe(403);
  });
});
