import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalog from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { createDeferred, JsonObject } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
import catalogModuleScorecards from '.';

/** The catalog says there what is wrong. */
type EntityWithStatus = Entity & { status?: JsonObject };

const scorecard = (spec: object = {}): Entity => ({
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: {
    name: 'readiness',
    annotations: {
      'backstage.io/managed-by-location': 'url:https://example.com/scorecard',
      'backstage.io/managed-by-origin-location':
        'url:https://example.com/scorecard',
    },
  },
  spec: {
    owner: 'platform',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }],
    rules: [{ id: 'a', title: 'A', level: 'bronze', check: 'facts.a.b > 1' }],
    ...spec,
  } as JsonObject,
});

async function start(catalogConfig: JsonObject = {}) {
  const connection = createDeferred<EntityProviderConnection>();
  const errors: Error[] = [];
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          catalog: {
            processingInterval: { seconds: 1 },
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
            ...catalogConfig,
          },
        },
      }),
      catalog,
      catalogModuleScorecards,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'entities-of-the-test',
        register(env) {
          env.registerInit({
            deps: { processing: catalogProcessingExtensionPoint },
            async init({ processing }) {
              processing.setOnProcessingErrorHandler?.(event => {
                errors.push(...event.errors);
              });
              processing.addEntityProvider({
                getProviderName: () => 'test',
                connect: async given => connection.resolve(given),
              });
            },
          });
        },
      }),
    ],
  });
  const provider = await connection;
  const url = `http://localhost:${backend.server.port()}/api/catalog`;
  return {
    errors,
    stop: () => backend.stop(),
    set: (entity: Entity) =>
      provider.applyMutation({
        type: 'full',
        entities: [{ entity, locationKey: 'test' }],
      }),
    async get(ref: string): Promise<EntityWithStatus | undefined> {
      const response = await fetch(`${url}/entities/by-name/${ref}`);
      return response.ok
        ? ((await response.json()) as EntityWithStatus)
        : undefined;
    },
  };
}

describe('a scorecard in the catalog', () => {
  it('belongs to its owner, and stays as it was when a new version is wrong', async () => {
    const { get, set, stop } = await start();
    await set(scorecard());
    const good = await eventually('the scorecard is there', () =>
      get('scorecard/default/readiness'),
    );
    expect(good.relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/platform' },
    ]);

    await set(
      scorecard({
        levels: [{ id: 'silver' }],
        rules: Array.from({ length: 6 }, (_, index) => ({
          id: `r${index}`,
          title: 'R',
          level: 'bronze',
          check: 'facts.a.b >',
        })),
      }),
    );
    const refused = await eventually('the new version is refused', async () => {
      const entity = await get('scorecard/default/readiness');
      return entity?.status ? entity : undefined;
    });
    expect(refused.spec).toEqual(good.spec);
    const message = JSON.stringify(refused.status);
    expect(message).toContain('The scorecard readiness is refused');
    expect(message).toContain(
      'spec.rules[0].level: is not one of the levels silver',
    );
    expect(message).toContain(
      'spec.rules[4].check, column 12: Unexpected token: the end',
    );
    // No more than ten are listed
    expect(message).not.toContain('spec.rules[5]');
    expect(message).toContain('and 2 more');

    await set(scorecard({ lifecycle: 'retired' }));
    const mended = await eventually('a good version is taken', async () => {
      const entity = await get('scorecard/default/readiness');
      return entity?.spec?.lifecycle ? entity : undefined;
    });
    expect(mended.status).toBeUndefined();
    await stop();
  });

  it('is refused when the catalog does not allow the kind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scorecards-'));
    const file = join(folder, 'scorecard.yaml');
    // JSON is YAML
    const { metadata, ...rest } = scorecard();
    await writeFile(
      file,
      JSON.stringify({ ...rest, metadata: { name: metadata.name } }),
    );
    const { errors, get, stop } = await start({
      rules: [{ allow: ['Component', 'Location'] }],
      locations: [{ type: 'file', target: file }],
    });
    await eventually('the location is refused', () =>
      errors.some(({ message }) =>
        message.includes('is not of an allowed kind for that location'),
      ),
    );
    expect(await get('scorecard/default/readiness')).toBeUndefined();
    await stop();
    await rm(folder, { recursive: true });
  });
});
