import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import githubModule from '@backstage/plugin-catalog-backend-module-github';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  CatalogScmEvent,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import {
  closingDatabaseServiceFactory,
  eventually,
  startGithub,
  type Github,
} from '@waymark/backend-test-support';
import arrivals from '.';

jest.setTimeout(120_000);

const ORGANIZATION = 'kestrelvale-rail';

const component = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: ticketing }
`;

/** A stock catalog with Backstage's discovery, which is too slow to help. */
async function startCatalog(github: Github) {
  const { host, apiUrl, token } = github;
  let names: () => Promise<string[]>;
  let publish: (...events: CatalogScmEvent[]) => Promise<void>;
  const probe = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'probe',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          scmEvents: catalogScmEventsServiceRef,
        },
        async init({ auth, catalog, scmEvents }) {
          publish = (...events) => scmEvents.publish(events);
          names = async () => {
            const { items } = await catalog.getEntities(
              { filter: { kind: 'Component' } },
              { credentials: await auth.getOwnServiceCredentials() },
            );
            return items.map(({ metadata }) => metadata.name);
          };
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          integrations: { github: [{ host, apiBaseUrl: apiUrl, token }] },
          catalog: {
            providers: {
              github: {
                main: {
                  host,
                  organization: ORGANIZATION,
                  validateLocationsExist: true,
                  schedule: {
                    frequency: { hours: 1 },
                    timeout: { minutes: 5 },
                  },
                },
              },
            },
            processingInterval: { hours: 1 },
            stitchingStrategy: { pollingInterval: { milliseconds: 200 } },
          },
        },
      }),
      closingDatabaseServiceFactory,
      eventsServiceFactory,
      schedulerServiceFactory,
      catalogPlugin,
      githubModule,
      arrivals,
      probe,
    ],
  });
  return {
    publish: (...events: CatalogScmEvent[]) => publish(...events),
    seen: (name: string) =>
      eventually(`${name} in the catalog`, async () =>
        (await names()).includes(name),
      ),
    names: () => names(),
    stop: () => backend.stop(),
  };
}

describe('arrivals on GitHub', () => {
  let github: Github;
  let catalog: Awaited<ReturnType<typeof startCatalog>>;

  beforeAll(async () => {
    github = await startGithub({
      organization: {
        login: ORGANIZATION,
        repositories: [
          { name: 'fares', files: { 'catalog-info.yaml': component('fares') } },
        ],
      },
    });
    catalog = await startCatalog(github);
    // The one discovery of this hour is over
    await catalog.seen('fares');
  });
  afterAll(async () => {
    await catalog?.stop();
    await github?.stop();
  });

  async function ask(method: string, path: string, body: object) {
    const response = await fetch(`${github.apiUrl}${path}`, {
      method,
      headers: { authorization: `token ${github.token}` },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
  }
  const create = async (name: string): Promise<CatalogScmEvent> => {
    await ask('POST', `/orgs/${ORGANIZATION}/repos`, { name });
    return {
      type: 'repository.created',
      url: `${github.url}/${ORGANIZATION}/${name}`,
    };
  };
  const fill = (name: string) =>
    ask('PUT', `/repos/${ORGANIZATION}/${name}/contents/catalog-info.yaml`, {
      message: 'Describe it',
      content: Buffer.from(component(name)).toString('base64'),
    });

  it('takes in a repository that the portal itself has made', async () => {
    const signals = await create('signals');
    await fill('signals');
    expect(await catalog.names()).not.toContain('signals');
    // What is nowhere to be found keeps nothing from what is
    await catalog.publish(
      {
        type: 'repository.created',
        url: `${github.url}/${ORGANIZATION}/nothing`,
      },
      { type: 'repository.created', url: 'https://git.example.com/a/b' },
      signals,
    );
    await expect(catalog.seen('signals')).resolves.toBe(true);
  });

  it('looks again at one that is filled after it was created', async () => {
    await catalog.publish(await create('points'));
    await fill('points');
    await expect(catalog.seen('points')).resolves.toBe(true);
  });
});
